import { isMailAddress } from '../../messaging/channels/index.js';
import type { MessageLanguage } from '../../messaging/domain/index.js';
import { messageLanguageOf } from './administration-facts.js';
import type { DebtorRow } from './plan-facts.repository.js';

/** A choice, and why it fell so: shown in the preview and kept with the message. */
export interface Chosen<T> {
  readonly value: T;
  readonly reason: string;
}

/** Whom an e-mail goes to; null when no usable address is known. */
export function emailRecipientOf(debtor: DebtorRow): Chosen<string> | null {
  const dunningContact = firstAddress(debtor.dunningContactEmail);
  if (dunningContact !== null) return { value: dunningContact, reason: 'dunning contact of the debtor' };
  const ledger = firstAddress(debtor.email);
  return ledger === null ? null : { value: ledger, reason: 'e-mail address in the ledger' };
}

/** Bookkeepers put several addresses in one field. One reader gets the message, not whoever else is listed. */
function firstAddress(text: string | null): string | null {
  const candidates = (text ?? '').split(/[\s;,]+/).filter((each) => each !== '');
  return candidates.find((each) => isMailAddress(each)) ?? null;
}

/**
 * Where a letter goes, one line each; null when street or town is missing. The country stands last, by name and in the
 * language of the country of posting, and only when the letter leaves it: so the post wants it.
 */
export function letterRecipientOf(
  debtor: DebtorRow,
  from: { readonly country: string; readonly language: string },
): Chosen<readonly string[]> | null {
  const { addressLine, postcode, city, country } = debtor;
  if (!addressLine || !city) return null;
  const town = [postcode, city].filter((each) => each).join(' ');
  const abroad = country !== null && country !== from.country ? [countryName(country, from.language)] : [];
  return { value: [addressLine, town, ...abroad], reason: 'postal address in the ledger' };
}

function countryName(code: string, language: string): string {
  return (/^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames([language], { type: 'region' }).of(code) : undefined) ?? code;
}

/** In which language, by the first of override, ledger and administration that we have texts in. */
export function languageOf(debtor: DebtorRow, administrationLanguage: string): Chosen<MessageLanguage> {
  const choices = [
    { language: debtor.languageOverride, reason: 'set on the debtor' },
    { language: debtor.language, reason: 'language in the ledger' },
    { language: administrationLanguage, reason: 'language of the administration' },
  ];
  for (const { language, reason } of choices) {
    const value = messageLanguageOf(language);
    if (value !== null) return { value, reason };
  }
  return { value: 'en', reason: 'no other language is known' };
}
