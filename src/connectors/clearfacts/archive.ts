import { isRecord } from '../../kernel/index.js';
import type { ConnectorContext } from '../contract/index.js';
import { read } from './client.js';
import { ARCHIVE_CATEGORIES } from './wire.js';
import { readText } from './wire-values.js';

/** Copies are wanted where the accountant has made a place for them, and nowhere else. */
const OURS = /openpost/i;

export const NO_CATEGORY =
  'The archive of this client has no category with "Openpost" in its name. Make one in ClearFacts to receive copies.';

/** The id of the archive category for our files; null when the accountant has made none. */
export async function findCategory(context: ConnectorContext, administration: string): Promise<string | null> {
  const { archiveCategories } = await read(context, {
    query: ARCHIVE_CATEGORIES,
    variables: { vatnumber: administration },
  });
  const various: unknown = isRecord(archiveCategories) ? archiveCategories['various'] : null;
  const found: unknown = Array.isArray(various)
    ? various.find((each) => isRecord(each) && OURS.test(readText(each, 'name') ?? ''))
    : null;
  return isRecord(found) ? readText(found, 'id') : null;
}
