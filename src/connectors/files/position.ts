import type { LedgerObject } from '../../ledger/domain/index.js';
import { SourceError, type Position } from '../contract/index.js';

/** Everything up to version `after`, and of that version up to the record `id`, has been read. */
export type ChangePosition = {
  readonly version: 1;
  readonly family: 'row-version';
  /** A whole number; text, because versions may outgrow a double. */
  readonly after: string;
  readonly id: string;
};

/** The open items up to `id` have been read. */
export type ListPosition = { readonly version: 1; readonly family: 'list'; readonly id: string };

export function firstPosition(object: LedgerObject): Position {
  if (object === 'open-items') return { version: 1, family: 'list', id: '' } satisfies ListPosition;
  return { version: 1, family: 'row-version', after: '0', id: '' } satisfies ChangePosition;
}

/** Throws SourceError `position_invalid` for any other shape or a version of the future. */
export function parsePosition(object: LedgerObject, stored: Position): ChangePosition | ListPosition {
  const { version, family, after, id } = stored;
  if (version === 1 && typeof id === 'string') {
    if (object === 'open-items' && family === 'list') return { version, family, id };
    const isOurs = object !== 'open-items' && family === 'row-version';
    if (isOurs && typeof after === 'string' && /^\d{1,18}$/.test(after)) return { version, family, after, id };
  }
  throw new SourceError('position_invalid', 'The stored position is not one of ours.');
}
