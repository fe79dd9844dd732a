import { toWallMs } from '../wire/wall-time.js';
import { derivedGuid } from '../wire/values.js';
import type { Context, Read } from './resource.js';

/** Who keeps the books when nobody in particular did. */
const BOOKKEEPER = 'd41f5a52-8f0e-4a5c-9b8e-6a2f1c6e7b10';

/** The stamps nearly every entity has. */
export const stamps: Readonly<Record<string, Read<unknown>>> = {
  Created: (row) => toWallMs(row.created),
  Creator: () => BOOKKEEPER,
  CreatorFullName: () => 'Administratie',
  Modified: (row) => toWallMs(row.modified),
  Modifier: () => BOOKKEEPER,
  ModifierFullName: () => 'Administratie',
  Division: (_row, context) => context.division.head.code,
};

/** A GUID for a thing there is one of per division (a ledger account, the main customer). */
export function divisionGuid(context: Context, purpose: string): string {
  const code = String(context.division.head.code).padStart(12, '0');
  return derivedGuid(`5b0d1c2e-0000-4000-8000-${code}`, purpose);
}
