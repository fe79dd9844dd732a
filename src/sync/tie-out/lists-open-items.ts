import type { Declaration } from '../../connectors/contract/index.js';

/** PURE. Whether a source has a list of open items of its own to compare with. */
export function listsOpenItems({ objects }: Pick<Declaration, 'objects'>): boolean {
  return objects.some(({ object, readMode }) => object === 'open-items' && readMode !== null);
}
