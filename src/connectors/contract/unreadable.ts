import { InputError, isKnownCurrency, type CurrencyCode } from '../../kernel/index.js';
import type { Mapped } from '../../ledger/domain/index.js';

/** A value of the source's that cannot be read. `reason` is a stable code; the message is for people. */
export class Unreadable extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** PURE. A value as a message shows it: short, whatever it is. */
export function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
}

/** PURE. What `map` answers: the record, or `rejected` with the reason when something of it is unreadable. */
export function mappedOrRejected(map: () => Mapped, nameOf: () => string): Mapped {
  try {
    return map();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'rejected', sourceId: nameOf(), reason: error.reason, message: error.message };
  }
}

/** PURE. What the kernel refuses to read is unreadable, for this reason. */
export function readAs<T>(reason: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw new Unreadable(reason, `${error.message}.`);
    throw error;
  }
}

/** PURE. A currency that we know, in any case of letters. Throws {@link Unreadable} `UNKNOWN_CURRENCY`. */
export function readCurrency(text: string, name: string): CurrencyCode {
  const currency = text.trim().toUpperCase();
  if (isKnownCurrency(currency)) return currency;
  throw new Unreadable('UNKNOWN_CURRENCY', `${name} is a currency we do not know: ${show(currency)}.`);
}
