import type { Declaration, OauthProfile, ObjectRow } from '../contract/index.js';
import { HINT_PROFILE } from './hint-profile.js';

/**
 * Exact keeps its log of deletions for two months, the shortest of which have 59 days. Books that were last read longer
 * ago than this are compared as a whole.
 */
export const DELETIONS_KEPT_DAYS = 55;

/** Records per page, fixed by Exact: 1,000 on sync endpoints, 60 elsewhere. */
export const SYNC_PAGE_SIZE = 1_000;
export const LIST_PAGE_SIZE = 60;

/** Exact measures the file itself, not its base64. */
export const MAX_FILE_BYTES = 10_000_000;

/** How long no refresh is tried after Exact said "too early": at most five of the ten errors an hour it tolerates. */
export const TOO_EARLY_WAIT_SECONDS = 120;

const OBJECTS: readonly ObjectRow[] = [
  {
    object: 'debtors',
    label: 'Debtors (sync/CRM/Accounts)',
    readMode: 'delta',
    cursor: 'row-version',
    pageSize: SYNC_PAGE_SIZE,
    deleteSignal: 'Deletion log (sync/Deleted, entity type 2), kept by Exact for two months',
    completeness:
      'Every account that is a customer. Exact does not say whether a debtor is a business: one with a VAT or chamber ' +
      'of commerce number is taken for a business, any other for a consumer, until a person says otherwise. The ' +
      'account only points at its main contact: names of contact persons are a list of their own, which would cost one ' +
      'more call with every pull, so they are not read and a message greets the debtor by name. Direct-debit mandates ' +
      'are not read either.',
    fullReading: 'everything',
    writeOperations: [],
  },
  {
    object: 'receivables',
    label: 'Receivables, paid and open (sync/Cashflow/PaymentTerms)',
    readMode: 'delta',
    cursor: 'row-version',
    pageSize: SYNC_PAGE_SIZE,
    deleteSignal: 'Deletion log (sync/Deleted, entity type 10), kept by Exact for two months',
    completeness:
      'Every receivable with its open amount, credit notes and unallocated money included. Of an invoice split into ' +
      'terms, each term shows the amount of the whole invoice and its own open amount.',
    fullReading: 'everything',
    writeOperations: [],
  },
  {
    object: 'deletions',
    label: 'Deletion log (sync/Deleted)',
    readMode: 'delta',
    cursor: 'row-version',
    pageSize: SYNC_PAGE_SIZE,
    deleteSignal: 'It is the deletion log',
    completeness: 'The last two months; when the last good pull is more than 55 days old, everything is read again.',
    writeOperations: [],
  },
  {
    object: 'open-items',
    label: 'Open items as Exact lists them (read/financial/ReceivablesList)',
    readMode: 'snapshot',
    cursor: 'opaque-token',
    pageSize: LIST_PAGE_SIZE,
    deleteSignal: 'Absence from the list',
    completeness: 'Open items only, to compare totals with; their numbers are not stable from one reading to the next.',
    writeOperations: [],
  },
  {
    object: 'notes',
    label: 'Notes on a debtor (activities/CommunicationNotes)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None: Exact keeps every note',
    completeness: 'Written only. A note can be linked to a document, not to an invoice.',
    writeOperations: [{ operation: 'note', label: 'Note of every message sent', idempotency: 'look-up-only' }],
  },
  {
    object: 'documents',
    label: 'Documents with a file (documents/Documents, documents/DocumentAttachments)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness: 'Written only: the message as PDF, at most 10 MB, linked to the debtor and the financial entry.',
    writeOperations: [{ operation: 'document', label: 'Copy of every message sent', idempotency: 'look-up-only' }],
  },
  {
    object: 'tasks',
    label: 'Tasks (activities/Tasks)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None: Exact keeps every task',
    completeness:
      'Written only, and only when asked for: a task of type "call" when a scenario comes to a call. Exact takes no ' +
      'changes to a task, so it is closed there by whoever does it, and here on the list of tasks.',
    writeOperations: [{ operation: 'task', label: 'Task for every call', idempotency: 'look-up-only', optIn: true }],
  },
  {
    object: 'states',
    label: 'Remarks of the account (crm/Accounts)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness:
      'Written only, and only when asked for: how the debtor stands now, in a block of our own at the end of the ' +
      'remarks. What anybody else wrote there stays as it is, and a block that somebody changed is shown beside ours ' +
      'before anything is written again. Exact has no lock for this: an edit made in the same second can be lost.',
    writeOperations: [
      { operation: 'standing', label: 'How the debtor stands now', idempotency: 'look-up-only', optIn: true, part: 'remarks' }, // prettier-ignore
    ],
  },
];

/** What Exact Online can do, what it costs, and what we need to know to stay within its limits. */
export const declaration: Declaration & { readonly auth: OauthProfile } = {
  id: 'exact-online',
  name: 'Exact Online',
  version: '1.0.0',
  maturity: 'beta',
  countries: ['NL', 'BE'],
  description:
    'Reads debtors and receivables by change, so that an unchanged administration costs one call per object, and ' +
    'writes a note and a document for every message. Needs the scopes Crm accounts, Financial cashflow, Financial ' +
    'receivables, Organization administration, Organization workflow and Organization documents.',
  documentation: 'https://start.exactonline.nl/docs/HlpRestAPIResources.aspx',
  auth: {
    kind: 'oauth2-code',
    refreshToken: 'single-use',
    accessLifetimeSeconds: 600,
    earliestRefreshSeconds: 570,
    marginSeconds: 30,
    idleExpiryDays: 30,
    ambiguousRefreshIsSafe: false,
  },
  // What a firm chooses per connection. The app's own id, secret and site are the operator's (environment).
  settings: [
    { key: 'documentType', label: 'Number of the document type for messages', required: false, secret: false },
  ],
  objects: OBJECTS,
  // https://support.exactonline.com (API limits): per app and company, fixed minutes; days end at 00:00 UTC.
  budgets: [
    { label: 'Calls per minute', count: 60, perSeconds: 60, scope: 'administration' },
    { label: 'Calls per day', count: 5_000, perSeconds: 86_400, scope: 'administration' },
    { label: 'Token requests per day', count: 200, perSeconds: 86_400, scope: 'app', counts: 'tokens' },
    // More than ten block the app's key for everybody, so we stop well before.
    {
      label: 'Errors per hour',
      count: 10,
      perSeconds: 3_600,
      scope: 'endpoint',
      counts: 'errors',
      errorStatuses: [400, 401, 403, 404],
      stopAt: 6,
    },
  ],
  deletionsKeptDays: DELETIONS_KEPT_DAYS,
  hints: HINT_PROFILE,
  pullOrder: ['debtors', 'receivables', 'deletions'],
};
