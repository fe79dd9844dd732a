import type { Declaration } from '../../connectors/contract/index.js';

/** Which write-backs an administration wants, and which its package takes. */
export interface WritebackChoices {
  readonly note: boolean;
  readonly document: boolean;
}

/** What a package takes back, by its own declaration. */
export function writesOf(declaration: Pick<Declaration, 'objects'>): WritebackChoices {
  const operations = declaration.objects.flatMap((row) => row.writeOperations.map(({ operation }) => operation));
  return { note: operations.includes('note'), document: operations.includes('document') };
}
