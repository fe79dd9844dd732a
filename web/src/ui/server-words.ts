import type { Connector } from '../api/types';
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

/** Under which name our texts about a package stand. ClearFacts has two profiles; only the proposed one reads receivables. */
function declaredKey({ id, objects }: Connector): string {
  const reads = objects.some(({ object, readMode }) => object === 'receivables' && readMode !== null);
  return id === 'clearfacts' && reads ? 'clearfacts-extended' : id;
}

/** What we say of a package, or of one kind of record in it; null when we have no text of our own. */
export function sayDeclared(connector: Connector, part: string, text: TextTools): string | null {
  const key = `server.declared.${declaredKey(connector)}.${part}`;
  return text.has(key) ? sayOr(key, '', text) : null;
}

/** A package is called what its maker calls it; what is no package has a name of ours. */
export function nameOf(connector: Connector, text: TextTools): string {
  return sayDeclared(connector, 'name', text) ?? connector.name;
}

/** A text of ours under `key` when there is one, else the server's own words. */
export function sayOr(key: string, fallback: string, text: TextTools): string {
  return text.has(key) ? (text.t as (key: string) => string)(key) : fallback;
}
