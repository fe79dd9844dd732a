import { lookUp } from './text';
import type { TextTools } from './text';

/** The fixed sentences of the server that have a text of ours. */
const SENTENCES: Readonly<Record<string, string>> = {
  'dunning contact of the debtor': 'dunningContact',
  'e-mail address in the ledger': 'ledgerEmail',
  'postal address in the ledger': 'ledgerAddress',
  'no address is known': 'noAddress',
  'set on the debtor': 'setOnDebtor',
  'language in the ledger': 'ledgerLanguage',
  'language of the administration': 'administrationLanguage',
  'no other language is known': 'noLanguage',
};

/** Why this recipient or language: in the reader's language when the sentence is one of the known ones. */
export function sayWhy(sentence: string, text: TextTools): string {
  const key = SENTENCES[sentence];
  return key === undefined ? sentence : lookUp(text, 'server.said', key);
}

/** A text of ours under `key` when there is one, else the server's own words. */
export function sayOr(key: string, fallback: string, text: TextTools): string {
  return text.has(key) ? (text.t as (key: string) => string)(key) : fallback;
}
