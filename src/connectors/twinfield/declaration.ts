import type { Declaration, OauthProfile, ObjectRow } from '../contract/index.js';
import { LATENESS_SECONDS } from './position.js';

const OBJECTS: readonly ObjectRow[] = [
  {
    object: 'debtors',
    label: 'Debtors (dimensions of type DEB)',
    readMode: 'delta',
    cursor: 'modified-time',
    latenessSeconds: LATENESS_SECONDS,
    pageSize: null,
    deleteSignal: 'Status "deleted" of the debtor, where Twinfield still lists it',
    completeness:
      'Every debtor: all in one answer at first, later those that the Finder names as changed. Twinfield does not say ' +
      'whether a debtor is a business: one with a VAT or chamber of commerce number is taken for a business, any other ' +
      'for a consumer, until a person says otherwise. It knows no language.',
    writeOperations: [],
  },
  {
    object: 'receivables',
    label: 'Receivables, paid and open (browse 100, debtor transactions)',
    readMode: 'delta',
    cursor: 'modified-time',
    latenessSeconds: LATENESS_SECONDS,
    pageSize: null,
    deleteSignal: 'List of deleted transactions',
    completeness:
      'Every line of the debtors’ ledger of the running book year and the nine before, and what is open from earlier ' +
      'years: invoices, credit notes and money received, provisional and final. The first reading goes period by ' +
      'period, later ones by time of change. Twinfield does not promise that setting a payment against an invoice, or ' +
      'undoing it, moves the time of change of the invoice; should one stay behind, it shows as a difference in the ' +
      'comparison of totals until everything is read again. Descriptions and payment references are not in this list.',
    fullReading: 'everything-open',
    writeOperations: [],
  },
  {
    object: 'deletions',
    label: 'Deleted transactions (DeletedTransactionsService)',
    readMode: 'delta',
    cursor: 'modified-time',
    latenessSeconds: LATENESS_SECONDS,
    pageSize: null,
    deleteSignal: 'It is the list of deletions',
    completeness:
      'Names transactions, not their lines: an invoice or credit note is taken out by its first line, which is the ' +
      'debtor’s, and of anything deleted in the last month the first hundred lines. Lines beyond that show as a ' +
      'difference in the comparison of totals until everything is read again.',
    writeOperations: [],
  },
  {
    object: 'open-items',
    label: 'Open items as Twinfield lists them (browse 100, available and proposed)',
    readMode: 'snapshot',
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'Absence from the list',
    completeness: 'Open items only, over all book years, to compare totals with.',
    writeOperations: [],
  },
  {
    object: 'notes',
    label: 'Comment in the debtor’s credit management',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness:
      'Written only: a block of our own at the end of the comment, with how the debtor stands now and one line per ' +
      'message; the newest are kept, and what anybody else wrote there stays as it is. A block that somebody changed is ' +
      'shown beside ours before anything is written again. Twinfield has no place for the reminder status of an invoice ' +
      'and takes no documents or tasks, so those stay here.',
    writeOperations: [
      { operation: 'note', label: 'Line in the debtor’s comment for every message sent', idempotency: 'look-up-only', part: 'comment' }, // prettier-ignore
      { operation: 'standing', label: 'How the debtor stands now, in the same block', idempotency: 'look-up-only', part: 'comment' }, // prettier-ignore
    ],
  },
  {
    object: 'states',
    label: 'Twinfield’s own reminders to the debtor (sendreminder, reminderemail)',
    readMode: null,
    cursor: 'none',
    pageSize: null,
    deleteSignal: 'None',
    completeness:
      'Written only, and only when asked for: reminders by Twinfield itself are switched off for debtors that are ' +
      'reminded from here, so that two systems never remind one debtor, and put back as they were found when that is no ' +
      'longer wanted. The credit limit and the fields "blocked" and "right of use" are never changed.',
    writeOperations: [
      { operation: 'own-reminders', label: 'Switch off Twinfield’s own reminders', idempotency: 'look-up-only', optIn: true, part: 'sendreminder' }, // prettier-ignore
      { operation: 'reminder-email', label: 'Address for reminders', idempotency: 'look-up-only', optIn: true, part: 'reminderemail' }, // prettier-ignore
    ],
  },
];

/** What Twinfield can do, what it costs, and what we need to know to stay within its limits. */
export const declaration: Declaration & { readonly auth: OauthProfile } = {
  id: 'twinfield',
  name: 'Twinfield',
  version: '1.0.0',
  maturity: 'beta',
  countries: ['NL', 'BE'],
  description:
    'Reads debtors and receivables by change, so that an unchanged administration costs one call per object, and adds ' +
    'a line to the debtor’s credit-management comment for every message. Everything is done with the rights of the ' +
    'user who consents.',
  documentation: 'https://developers.twinfield.com',
  // Each user's books are on a cluster of their own (api.accounting2.twinfield.com), named after the consent.
  allowedHosts: ['*.twinfield.com'],
  auth: {
    kind: 'oauth2-code',
    // Good for 25 years and as many calls as one likes (KB "Request a refresh token").
    refreshToken: 'reusable',
    accessLifetimeSeconds: 3_600,
    earliestRefreshSeconds: 0,
    marginSeconds: 300,
    idleExpiryDays: null,
    ambiguousRefreshIsSafe: true,
  },
  settings: [],
  objects: OBJECTS,
  // Fair use policy (since 2024-12-01), of an app that Twinfield has not certified; a certified one gets 500 and 1,000.
  budgets: [
    {
      label: 'Credits per minute: a read costs 1, a write 3',
      count: 25,
      perSeconds: 60,
      scope: 'administration',
      reserve: 3,
    },
    { label: 'Credits per minute, all administrations together', count: 50, perSeconds: 60, scope: 'app', reserve: 6 },
  ],
  // Ten may; one at a time is what Wolters Kluwer asks for.
  callsAtOnce: 1,
  pullOrder: ['debtors', 'receivables', 'deletions'],
};
