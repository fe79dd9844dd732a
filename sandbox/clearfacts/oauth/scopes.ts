import type { Profile } from '../options.js';

const OPEN_ID = ['openid', 'email', 'profile'] as const;
const PUBLIC = [
  'accountant',
  'statistics',
  'read_administrations',
  'associate_read',
  'associate_actions',
  'journal_read',
  'contact_read',
  'upload_document',
  'archive_read',
  'archive_actions',
  'archive',
] as const;
/** Scopes of the proposal. */
const EXTENDED = ['invoice_read', 'payment_read', 'note_write', 'dunning_write'] as const;

export function scopesOf(profile: Profile): readonly string[] {
  return [...OPEN_ID, ...PUBLIC, ...(profile === 'extended' ? EXTENDED : [])];
}

/** `archive` stands for both of its halves. */
export function hasScope(granted: readonly string[], wanted: string): boolean {
  return granted.includes(wanted) || (wanted.startsWith('archive_') && granted.includes('archive'));
}
