import { isKnownCurrency, parseMinor } from '../../kernel/index.js';
import { MESSAGE_LANGUAGES, type HouseStyle, type MessageLanguage } from '../../messaging/domain/index.js';
import { DAY_BOUNDARIES, DAY_COUNTS, GROUPINGS, LEVEL_OWNERS, type PlanOptions } from '../domain/index.js';

/** An administration as a run sees it. */
export interface AdministrationFacts {
  readonly id: string;
  readonly firmId: string;
  readonly name: string;
  readonly sourceId: string;
  readonly currency: string;
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly houseStyle: StoredHouseStyle;
  /** What goes back with a message. The states of the ledger follow by themselves. */
  readonly writebackChoices: { readonly note: boolean; readonly document: boolean; readonly task?: boolean };
  readonly dunning: DunningSettings;
  readonly connectionState: string;
  /** Minutes since the last good pull; null when there was none. */
  readonly booksAgeMinutes: number | null;
}

/** Column `administration.house_style`, as the API writes it. Anything may be missing. */
export interface StoredHouseStyle {
  readonly senderName?: string | null;
  readonly senderEmail?: string | null;
  readonly replyTo?: string | null;
  readonly iban?: string | null;
  readonly bic?: string | null;
  readonly accentColor?: string | null;
  readonly signature?: string | null;
  readonly addressLines?: readonly string[] | null;
  readonly phone?: string | null;
  readonly enterpriseNumber?: string | null;
}

/** Column `administration.dunning_settings`. */
export interface DunningSettings {
  /** Plan a run by itself when the books changed. */
  readonly automatic?: boolean;
  readonly maxStalenessMinutes?: number | null;
  readonly options?: Readonly<Record<string, unknown>>;
}

const DEFAULT_MINIMUM_OPEN = { EUR: 500n };
const DEFAULT_GAP_DAYS = 7;
const MOST_GAP_DAYS = 365;

/** The planner's options of an administration; a stored option that no longer makes sense falls back to the default. */
export function planOptionsOf({ options = {} }: DunningSettings): PlanOptions {
  const choice = <T extends string>(value: unknown, choices: readonly T[], standard: T): T =>
    choices.find((each) => each === value) ?? standard;
  const gap = options['minimumGapDays'];
  return {
    dayBoundary: choice(options['dayBoundary'], DAY_BOUNDARIES, 'inclusive'),
    levelOf: choice(options['levelOf'], LEVEL_OWNERS, 'receivable'),
    grouping: choice(options['grouping'], GROUPINGS, 'debtor'),
    minimumGapDays:
      typeof gap === 'number' && Number.isInteger(gap) && gap >= 0 && gap <= MOST_GAP_DAYS ? gap : DEFAULT_GAP_DAYS,
    minimumOpen: { ...DEFAULT_MINIMUM_OPEN, ...minimumsOf(options['minimumOpen']) },
    dayCount: choice(options['dayCount'], DAY_COUNTS, 'act/365'),
  };
}

function minimumsOf(stored: unknown): Record<string, bigint> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored)
      .filter(([currency, amount]) => isKnownCurrency(currency) && typeof amount === 'string')
      .map(([currency, amount]) => [currency, parseMinor(String(amount), currency)]),
  );
}

/** A language that we have texts in; null for any other. Sources write "NL", "nl-BE" or "NLD". */
export function messageLanguageOf(language: string | null | undefined): MessageLanguage | null {
  const short = (language ?? '').trim().toLowerCase().slice(0, 2);
  return MESSAGE_LANGUAGES.find((each) => each === short) ?? null;
}

const DEFAULT_ACCENT = '#0f766e';

/** The creditor as messages show it. Empty account or e-mail means {@link missingFromHouseStyle} names it. */
export function senderOf({ houseStyle, name }: AdministrationFacts): HouseStyle {
  const text = (value: string | null | undefined): string | undefined => value?.trim() || undefined;
  const [bic, phone] = [text(houseStyle.bic), text(houseStyle.phone)];
  const enterpriseNumber = text(houseStyle.enterpriseNumber);
  const senderName = text(houseStyle.senderName) ?? name;
  return {
    name: senderName,
    addressLines: houseStyle.addressLines ?? [],
    email: text(houseStyle.replyTo) ?? text(houseStyle.senderEmail) ?? '',
    iban: text(houseStyle.iban) ?? '',
    accentColor: text(houseStyle.accentColor) ?? DEFAULT_ACCENT,
    signature: text(houseStyle.signature) ?? senderName,
    ...(bic === undefined ? {} : { bic }),
    ...(phone === undefined ? {} : { phone }),
    ...(enterpriseNumber === undefined ? {} : { enterpriseNumber }),
  };
}

/** What a message cannot go without and nobody has filled in yet. */
export function missingFromHouseStyle({ houseStyle }: AdministrationFacts): { path: string; expected: string }[] {
  const needed = [
    { key: 'iban', expected: 'the account (IBAN) on which the debtor pays' },
    { key: 'senderEmail', expected: 'the e-mail address that messages come from' },
  ] as const;
  return needed
    .filter(({ key }) => !houseStyle[key]?.trim())
    .map(({ key, expected }) => ({ path: `houseStyle.${key}`, expected }));
}
