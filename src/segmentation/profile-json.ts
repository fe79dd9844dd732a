import { formatMinor, type MoneyJson } from '../kernel/index.js';
import type { BehaviourProfile } from './domain/index.js';

/** A profile as it is stored and shown: amounts as money, null where there is no currency to say them in. */
export function toProfileJson(profile: BehaviourProfile): Readonly<Record<string, unknown>> {
  const { currency, paidAmount, openAmount, overdueAmount, turnover, ...figures } = profile;
  const money = (minor: bigint): MoneyJson | null =>
    currency === null ? null : { amount: formatMinor(minor, currency), currency };
  return {
    ...figures,
    currency,
    paidAmount: money(paidAmount),
    openAmount: money(openAmount),
    overdueAmount: money(overdueAmount),
    turnover: money(turnover),
  };
}
