import type { Declaration, ObjectRow } from '../contract/index.js';
import { LATENESS_SECONDS } from './position.js';
import type { Profile } from './profile.js';

/** Records per page: the most that ClearFacts gives. */
export const PAGE_SIZE = 100;

/** ClearFacts publishes no limit; ours. */
export const MAX_FILE_BYTES = 10_000_000;

/** How long a token lives is documented nowhere: this when ClearFacts does not say, but gives a refresh token. */
export const DEFAULT_LIFETIME_SECONDS = 3_600;

const NAMES_ONLY =
  'Every customer, with id and name only: no address, e-mail, VAT number or language, so nothing can be sent to them ' +
  'before a person or another source adds it. Each is taken for a consumer until a person says otherwise.';

const DOCUMENTS: ObjectRow = {
  object: 'documents',
  label: 'Archive of the client (uploadArchiveFile)',
  readMode: null,
  cursor: 'none',
  pageSize: null,
  deleteSignal: 'None',
  completeness:
    'Written only, and only where the accountant has made an archive category with "Openpost" in its name: the message ' +
    'as PDF, at most 10 MB, with its key in the file name. ClearFacts cannot be asked what it has, so an upload whose ' +
    'answer was lost is shown to a person instead of being repeated. It is not linked to the customer.',
  writeOperations: [{ operation: 'document', label: 'Copy of every message sent', idempotency: 'none', optIn: true }],
};

const BADGE = {
  operation: 'badge',
  label: 'Badge on the tile of the app (each one replaces the last)',
  idempotency: 'native-key',
} as const;

const NO_DELETIONS: ObjectRow = {
  object: 'deletions',
  label: 'Deletions',
  readMode: null,
  cursor: 'none',
  pageSize: null,
  deleteSignal: 'None',
  completeness: 'ClearFacts keeps no log of deletions.',
  writeOperations: [],
};

const PUBLIC: readonly ObjectRow[] = [
  {
    object: 'debtors',
    label: 'Customers (customers)',
    readMode: 'snapshot',
    cursor: 'none',
    pageSize: PAGE_SIZE,
    deleteSignal: 'Absence from the list',
    completeness: NAMES_ONLY,
    writeOperations: [],
  },
  {
    object: 'receivables',
    label: 'Receivables',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness:
      'None. The public API of ClearFacts has no invoices, amounts, due dates, open balances or payments. It tells ' +
      'whether a document is paid only of documents that this app uploaded itself, and Openpost uploads no invoices. ' +
      'Open items have to come from the bookkeeping package behind ClearFacts, or from a file.',
    writeOperations: [],
  },
  NO_DELETIONS,
  DOCUMENTS,
  {
    object: 'states',
    label: 'Tile of the app in the client file (updateAppInfo)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness:
      'Written only, where ClearFacts has given the app a tile. There is no place for notes or a dunning status.',
    writeOperations: [BADGE],
  },
];

const EXTENDED: readonly ObjectRow[] = [
  {
    object: 'debtors',
    label: 'Customers (customerDetails; without it customers)',
    readMode: 'delta',
    cursor: 'modified-time',
    latenessSeconds: LATENESS_SECONDS,
    pageSize: PAGE_SIZE,
    deleteSignal: 'None',
    completeness: `Every customer with address and e-mail. Where ClearFacts offers only its public list: ${NAMES_ONLY}`,
    writeOperations: [],
  },
  {
    object: 'receivables',
    label: 'Receivables, paid and open (salesInvoices; proposed, not part of the public API)',
    readMode: 'delta',
    cursor: 'modified-time',
    latenessSeconds: LATENESS_SECONDS,
    pageSize: PAGE_SIZE,
    deleteSignal: 'The record comes again and says that it is deleted',
    completeness:
      'Sales invoices, credit notes and unallocated money. Nothing where ClearFacts does not offer it for the administration.',
    writeOperations: [],
  },
  {
    object: 'open-items',
    label: 'Open items (salesInvoices that are not paid)',
    readMode: 'snapshot',
    cursor: 'none',
    pageSize: PAGE_SIZE,
    deleteSignal: 'Absence from the list',
    completeness: 'Open items only, to compare totals with.',
    writeOperations: [],
  },
  NO_DELETIONS,
  {
    object: 'notes',
    label: 'Notes on a customer (addNote; proposed)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness: 'Written only. A note cannot point at an archived file.',
    writeOperations: [{ operation: 'note', label: 'Note of every message sent', idempotency: 'native-key' }],
  },
  DOCUMENTS,
  {
    object: 'states',
    label: 'Dunning status of an invoice (setDunningStatus; proposed) and tile of the app (updateAppInfo)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness: 'Written only.',
    writeOperations: [
      { operation: 'dunning-status', label: 'How far an invoice has come', idempotency: 'native-key' },
      BADGE,
    ],
  },
];

const DESCRIPTIONS = {
  public:
    'Reads customers (id and name) and can put a copy of every message in the archive and a badge on the app. The ' +
    'public API of ClearFacts has no receivables: open items must come from another source.',
  extended:
    'Works with the contract for receivables that we propose to ClearFacts and that is not part of its public API. ' +
    'Each part is tried per administration; what ClearFacts refuses is left out, and the rest goes on.',
} as const satisfies Record<Profile, string>;

/** What ClearFacts can do under a profile, and what it cannot. */
export function declarationOf(profile: Profile): Declaration {
  return {
    id: 'clearfacts',
    name: profile === 'public' ? 'ClearFacts' : 'ClearFacts (proposed extension)',
    version: '1.0.0',
    maturity: 'beta',
    countries: ['BE'],
    description: DESCRIPTIONS[profile],
    documentation: 'https://developer.clearfacts.be',
    allowedHosts: ['api.clearfacts.be'],
    // Lifetime and refresh tokens are undocumented: the careful reading of each.
    auth: {
      kind: 'oauth2-code',
      refreshToken: 'single-use',
      accessLifetimeSeconds: DEFAULT_LIFETIME_SECONDS,
      earliestRefreshSeconds: 0,
      marginSeconds: 60,
      idleExpiryDays: null,
      ambiguousRefreshIsSafe: false,
    },
    settings: [],
    objects: profile === 'public' ? PUBLIC : EXTENDED,
    // None is published. A token per user, app and set of scopes beyond the tenth revokes the oldest.
    budgets: [],
    pullOrder: profile === 'public' ? ['debtors'] : ['debtors', 'receivables'],
  };
}
