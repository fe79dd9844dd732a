import type { AdministrationStore, Ledger } from './store/index.js';

/** The body of `GET /__sandbox/state`. `?administration=` narrows it; `?rows=0` leaves the long lists out. */
export function stateOf(
  ledger: Ledger,
  parts: { now: Date; tokens: number; profile: string; query: URLSearchParams },
): Record<string, unknown> {
  const only = parts.query.get('administration');
  const chosen = [...ledger.administrations.values()].filter(({ companyNumber }) => only === null || only === companyNumber); // prettier-ignore
  const withRows = parts.query.get('rows') !== '0';
  return {
    vendor: 'clearfacts',
    profile: parts.profile,
    now: parts.now.toISOString(),
    // How many grants live; a token itself is never shown.
    tokens: parts.tokens,
    administrations: chosen.map((store) => administrationState(store, ledger, withRows)),
  };
}

function administrationState(store: AdministrationStore, ledger: Ledger, withRows: boolean): Record<string, unknown> {
  const { book, companyNumber } = store;
  const open = book.receivables.filter(({ openMinor }) => openMinor !== 0);
  const documents = [...ledger.documents.values()].filter((each) => each.companyNumber === companyNumber);
  const openMinor: Record<string, number> = {};
  for (const each of open) openMinor[each.currency] = (openMinor[each.currency] ?? 0) + each.openMinor;
  return {
    companyNumber,
    name: book.name,
    country: book.country,
    counts: {
      debtors: book.debtors.length,
      receivables: book.receivables.length,
      open: open.length,
      notes: store.notes.size,
      documents: documents.length,
    },
    openMinor,
    ...(withRows ? { debtors: book.debtors, receivables: book.receivables } : {}),
    notes: [...store.notes.values()],
    dunning: [...store.dunning.values()],
    documents,
    appInfo: store.appInfo,
    archive: store.archive,
  };
}
