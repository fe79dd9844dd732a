/** The shapes of /api/v1 as the UI reads them. Money is a decimal string, dates are YYYY-MM-DD, instants are ISO with Z. */
export type * from './types/common';
export type * from './types/access';
export type * from './types/connecting';
export type * from './types/files';
export type * from './types/administering';
export type * from './types/syncing';
export type * from './types/tie-out';
export type * from './types/watching';
export type * from './types/ledger';
export type * from './types/dunning';
export type * from './types/messaging';
