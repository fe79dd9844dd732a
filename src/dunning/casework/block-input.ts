import { parseBusinessDate, parseMinor, type BusinessDate } from '../../kernel/index.js';
import { invalid } from '../../http/index.js';

export const BLOCK_KINDS_BY_PEOPLE = ['dispute', 'promise', 'hold', 'insolvency'] as const;
export type BlockKindByPeople = (typeof BLOCK_KINDS_BY_PEOPLE)[number];

/** A block as somebody asks for it. The amount is a decimal of the receivable's currency, or money with its own. */
export interface BlockWish {
  readonly kind: BlockKindByPeople;
  readonly reason: string;
  readonly until?: string | null | undefined;
  readonly amount?: unknown;
}

/** What the block will stand on. `open` is null for a debtor as a whole. */
export interface BlockTarget {
  readonly today: BusinessDate;
  readonly currency: string;
  readonly open: bigint | null;
}

export interface BlockTerms {
  readonly kind: BlockKindByPeople;
  readonly reason: string;
  readonly until: BusinessDate | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
}

/**
 * What a block says, checked against what it stands on.
 * @throws Problem 400 for an end in the past, a promise without a day, an amount that is not positive, in another
 *   currency or more than is open
 */
export function toBlockTerms(wish: BlockWish, target: BlockTarget): BlockTerms {
  const reason = wish.reason.trim();
  if (reason === '') throw invalid('reason', 'why dunning stops');
  const until = wish.until === undefined || wish.until === null ? null : parseBusinessDate(wish.until, 'until');
  if (until !== null && until < target.today) throw invalid('until', `today (${target.today}) or later, got ${until}`);
  if (until === null && wish.kind === 'promise') throw invalid('until', 'the day on which payment is promised');
  const money = wish.amount === undefined || wish.amount === null ? null : readAmount(wish.amount, target);
  return { kind: wish.kind, reason, until, amount: money, currency: money === null ? null : target.currency };
}

function readAmount(raw: unknown, { currency, open }: BlockTarget): bigint {
  const isMoney = typeof raw === 'object' && raw !== null && 'amount' in raw;
  const given = isMoney && 'currency' in raw ? raw.currency : currency;
  if (given !== currency) throw invalid('amount.currency', `"${currency}", the currency of what is open`);
  const decimal = isMoney ? raw.amount : raw;
  if (typeof decimal !== 'string') throw invalid('amount', 'a decimal amount such as "500.00"');
  const minor = parseMinor(decimal, currency, 'amount');
  if (minor <= 0n) throw invalid('amount', 'an amount above 0');
  if (open !== null && minor > open) throw invalid('amount', 'no more than is open');
  return minor;
}
