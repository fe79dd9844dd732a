import { formatDateFor, formatMoneyFor, money, type BusinessDate } from '../../kernel/index.js';
import type { StateKind, StoredState } from './intent.js';

type Wanted = Readonly<Record<string, unknown>>;

/** A state that has to be shown, as the books say it. */
export interface WantedState {
  readonly kind: StateKind;
  readonly language: string;
  /** What tells this state from the one before; column `writeback_state.wanted`. */
  readonly wanted: Wanted;
  /** What else belongs to it: names and moments that change nothing by themselves. */
  readonly facts: Wanted;
}

interface Words {
  readonly steps: Readonly<Record<string, string>>;
  readonly step: (level: number) => string;
  readonly standing: (line: { step: string; level: number; since: string; invoices: number; open: string }) => string;
  readonly nothing: string;
  readonly badge: (count: number) => string;
  readonly noBadge: string;
  readonly reminders: { readonly off: string; readonly 'as-found': string };
}

/** For people who read the books: the administration's language. */
const WORDS: Readonly<Record<'nl' | 'en' | 'fr', Words>> = {
  nl: {
    steps: { notice: 'vooraankondiging', 'first-reminder': 'eerste herinnering', 'second-reminder': 'tweede herinnering', 'formal-notice': 'aanmaning', call: 'belactie', settled: 'voldaan', 'not-reminded': 'niet herinnerd' },
    step: (level) => `niveau ${level}`,
    standing: ({ step, level, since, invoices, open }) => `Niveau ${level}: ${step} op ${since}; ${invoices} ${invoices === 1 ? 'factuur' : 'facturen'}, ${open} open`,
    nothing: 'Er staat geen herinnering open',
    badge: (count) => `${count} herinnerd`,
    noBadge: 'geen herinneringen',
    reminders: { off: 'uit', 'as-found': 'zoals wij ze vonden' },
  },
  en: {
    steps: { notice: 'notice', 'first-reminder': 'first reminder', 'second-reminder': 'second reminder', 'formal-notice': 'formal notice', call: 'call', settled: 'settled', 'not-reminded': 'not reminded' },
    step: (level) => `level ${level}`,
    standing: ({ step, level, since, invoices, open }) => `Level ${level}: ${step} on ${since}; ${invoices} ${invoices === 1 ? 'invoice' : 'invoices'}, ${open} open`,
    nothing: 'No reminder is open',
    badge: (count) => `${count} reminded`,
    noBadge: 'no reminders',
    reminders: { off: 'off', 'as-found': 'as we found them' },
  },
  fr: {
    steps: { notice: 'préavis', 'first-reminder': 'premier rappel', 'second-reminder': 'deuxième rappel', 'formal-notice': 'mise en demeure', call: 'appel', settled: 'soldée', 'not-reminded': 'sans rappel' },
    step: (level) => `niveau ${level}`,
    standing: ({ step, level, since, invoices, open }) => `Niveau ${level} : ${step} le ${since} ; ${invoices} ${invoices === 1 ? 'facture' : 'factures'}, ${open} ouverts`,
    nothing: 'Aucun rappel en cours',
    badge: (count) => `${count} rappelés`,
    noBadge: 'aucun rappel',
    reminders: { off: 'désactivés', 'as-found': 'comme trouvés' },
  },
}; // prettier-ignore

/** From this level on a badge is red. */
const ALARM_LEVEL = 3;

/** PURE. The state as it is written, and one line about it for people here. */
export function sayState(state: WantedState): Said {
  const language = (['nl', 'en', 'fr'] as const).find((each) => each === state.language) ?? 'en';
  return SAY[state.kind](state, { words: WORDS[language], language });
}

interface Said {
  readonly intent: StoredState;
  /** What is shown, in one line; what kind of thing it is stands beside it. */
  readonly summary: string;
}
type Say = (state: WantedState, tongue: { words: Words; language: string }) => Said;

const SAY: Readonly<Record<StateKind, Say>> = {
  'dunning-status': ({ wanted, facts }, { words }) => {
    const level = Number(wanted['level']);
    const status = text(wanted['status']);
    const intent = { kind: 'dunning-status', receivableSourceId: text(facts['receivable']), level, status, at: new Date(text(facts['at'])).toISOString() } as const; // prettier-ignore
    return { intent, summary: `${text(facts['invoice'])}: ${words.steps[status] ?? words.step(level)}` };
  },
  badge: ({ wanted }, { words }) => {
    const [level, count] = [Number(wanted['level'] ?? 0), Number(wanted['count'] ?? 0)];
    const tone = count === 0 ? 'calm' : level >= ALARM_LEVEL ? 'alarm' : 'warning';
    const said = count === 0 ? words.noBadge : words.badge(count);
    return { intent: { kind: 'badge', text: said, tone }, summary: said };
  },
  standing: ({ wanted }, tongue) => {
    const said = sayStanding(wanted, tongue);
    return { intent: { kind: 'standing', text: said }, summary: said ?? '–' };
  },
  'own-reminders': ({ wanted }, { words }) => {
    const choice = wanted['off'] === true ? 'off' : 'as-found';
    return { intent: { kind: 'own-reminders', wanted: choice }, summary: words.reminders[choice] };
  },
  'reminder-email': ({ wanted }) => {
    const email = typeof wanted['email'] === 'string' ? wanted['email'] : null;
    return { intent: { kind: 'reminder-email', email }, summary: email ?? '–' };
  },
};

/** null: nothing of ours is to stand there any more. */
function sayStanding(wanted: Wanted, { words, language }: { words: Words; language: string }): string | null {
  if (wanted['gone'] === true) return null;
  const level = Number(wanted['level'] ?? 0);
  if (level === 0) return words.nothing;
  const sums = Object.entries(wanted['open'] as Readonly<Record<string, string>>).sort(([a], [b]) => a.localeCompare(b)); // prettier-ignore
  const open = sums.map(([currency, minor]) => plain(formatMoneyFor(money(BigInt(minor), currency), language)));
  return words.standing({
    step: words.steps[text(wanted['status'])] ?? words.step(level),
    level,
    since: formatDateFor(text(wanted['since']) as BusinessDate, language),
    invoices: Number(wanted['invoices']),
    open: open.join(' + '),
  });
}

/** Packages show odd spaces as question marks. */
const plain = (said: string): string => said.replaceAll(/[\u00a0\u202f]/g, ' ');
const text = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));
