import type { JsonFields } from '../domain/index.js';
import { InputError, isKnownCurrency, parseMinor, type CurrencyCode } from '../../kernel/index.js';

/** An amount in minor units from a decimal string; JSON numbers are refused, for they have no exact cents. */
export function readAmount(
  fields: JsonFields,
  key: string,
  currency: CurrencyCode,
  { least }: { readonly least?: bigint } = {},
): bigint {
  const isText = (value: unknown): value is string => typeof value === 'string';
  const decimal = fields.check(key, isText, 'a decimal amount as text such as "1234.56"', '0');
  try {
    const minor = parseMinor(decimal, currency);
    if (least !== undefined && minor < least)
      fields.report(fields.at(key), `an amount of ${least} or more, got "${decimal}"`);
    return minor;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    fields.report(fields.at(key), error.expected);
    return 0n;
  }
}

export function isCurrency(value: unknown): value is CurrencyCode {
  return typeof value === 'string' && isKnownCurrency(value);
}

/** A text of a given shape. */
export function readShaped(fields: JsonFields, key: string, shape: RegExp, expected: string): string {
  const fits = (value: unknown): value is string => typeof value === 'string' && shape.test(value);
  return fields.check(key, fits, expected, '');
}
