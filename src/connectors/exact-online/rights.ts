import { SourceError, type ConnectorContext, type RightSeen } from '../contract/index.js';
import { listPath, readPage, type Query } from './client.js';
import { scopeIn } from './errors.js';
import { hasRight } from './writeback.js';

interface Right {
  readonly object: string;
  readonly resource: string;
  readonly action: 'GET' | 'POST' | 'PUT';
  /** As the App Center calls it. */
  readonly scope: string;
  /** What does not work without it, for people. */
  readonly disables: string;
  /** A reading that brings nothing and shows whether the app has the scope; absent where another row shows it. */
  readonly trial?: Query;
}

/** No row version is ever higher, so the answer is empty. */
const NOTHING_NEW: Query = { select: ['Timestamp'], filter: 'Timestamp gt 9223372036854775806L' };
const NO_RECORD: Query = { select: ['ID'], filter: `ID eq guid'00000000-0000-0000-0000-000000000000'` };
const ADMINISTRATION = 'Organization administration';

const RIGHTS: readonly Right[] = [
  {
    object: 'debtors',
    resource: 'sync/CRM/Accounts',
    action: 'GET',
    scope: 'Crm accounts',
    disables: 'no debtors come in, and therefore no receivables',
    trial: NOTHING_NEW,
  },
  {
    object: 'receivables',
    resource: 'sync/Cashflow/PaymentTerms',
    action: 'GET',
    scope: 'Financial cashflow',
    disables: 'no receivables and payments come in, so nobody can be reminded',
    trial: NOTHING_NEW,
  },
  {
    object: 'deletions',
    resource: 'sync/Deleted',
    action: 'GET',
    scope: ADMINISTRATION,
    disables: 'what is deleted in Exact Online stays in the books here until they are compared as a whole',
  },
  {
    object: 'open-items',
    resource: 'read/financial/ReceivablesList',
    action: 'GET',
    scope: 'Financial receivables',
    disables: 'the books cannot be compared with the list of open items of Exact Online',
    trial: { select: ['HID'] },
  },
  {
    object: 'notes',
    resource: 'activities/CommunicationNotes',
    action: 'POST',
    scope: 'Organization workflow (Manage)',
    disables: 'no note of a sent message is written to the debtor in Exact Online',
    trial: NO_RECORD,
  },
  {
    object: 'documents',
    resource: 'documents/Documents',
    action: 'POST',
    scope: 'Organization documents (Manage)',
    disables: 'no copy of a sent message is filed in Exact Online',
    trial: NO_RECORD,
  },
  {
    object: 'documents',
    resource: 'documents/DocumentAttachments',
    action: 'POST',
    scope: 'Organization documents (Manage)',
    disables: 'no copy of a sent message is filed in Exact Online',
  },
  {
    object: 'tasks',
    resource: 'activities/Tasks',
    action: 'POST',
    scope: 'Organization workflow (Manage)',
    disables: 'a call cannot be put on the list of tasks in Exact Online, should you ask for that',
  },
  {
    object: 'states',
    resource: 'crm/Accounts',
    action: 'PUT',
    scope: 'Crm accounts (Manage)',
    disables: 'how a debtor stands cannot be shown in the remarks of the account, should you ask for that',
  },
  {
    object: 'hints',
    resource: 'webhooks/WebhookSubscriptions',
    action: 'POST',
    scope: `${ADMINISTRATION} (Manage)`,
    disables:
      'Exact Online does not tell at once that something changed; the books follow with the next pull by schedule',
  },
];

/**
 * What the app and its user may do, per object. Two questions, because Exact has two locks: the user's rights (asked
 * beforehand, for Exact answers a missing one with an empty list, which looks like an administration without debtors)
 * and the app's scopes (tried with a reading that brings nothing: without the scope it is a 403). Whether a scope
 * includes writing cannot be tried without writing. A right that Exact does not know is taken as given, and said so.
 */
export async function rights(context: ConnectorContext, division: string): Promise<readonly RightSeen[]> {
  const seen = new Map<string, RightSeen>();
  // What is tried for one row holds for every row with that scope.
  const lacking = new Map<string, string>();
  for (const right of RIGHTS) {
    const answer = (await askUser(context, division, right)) ?? (await askApp(context, division, { right, lacking }));
    const known = seen.get(right.object);
    if (known === undefined || (known.allowed && !answer.allowed)) seen.set(right.object, answer);
  }
  return [...seen.values()];
}

/** null: the user may. */
async function askUser(context: ConnectorContext, division: string, right: Right): Promise<RightSeen | null> {
  const { object, resource, scope } = right;
  try {
    const verb = right.action === 'GET' ? 'read' : 'write';
    return (await hasRight(context, division, right))
      ? null
      : missing(right, `The connected user may not ${verb} ${resource}.`);
  } catch (error) {
    // The question itself needs a scope that a connection cannot do without: then nothing can be said of the others either.
    if (!(error instanceof SourceError) || error.kind !== 'contract_changed') throw error;
    return { object, allowed: true, message: `Exact Online did not say whether the user may use ${resource}.`, scope };
  }
}

async function askApp(
  context: ConnectorContext,
  division: string,
  { right, lacking }: { right: Right; lacking: Map<string, string> },
): Promise<RightSeen> {
  const { object, resource, scope, trial } = right;
  const refused = trial === undefined ? null : await missingScope(context, listPath(division, resource, trial));
  if (refused !== null) lacking.set(scope, refused);
  const named = lacking.get(scope);
  if (named === undefined) return { object, allowed: true, message: null, scope };
  return missing(right, `The app lacks the scope "${scope}" (${named}); give it in the App Center and connect again.`);
}

function missing({ object, scope, disables }: Right, message: string): RightSeen {
  return { object, allowed: false, message: `${message} Without it ${disables}.`, scope, disables };
}

/** The scope that Exact names in its refusal; null when the reading went through or was refused for anything else. */
async function missingScope(context: ConnectorContext, path: string): Promise<string | null> {
  try {
    await readPage(context, path);
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.kind === 'scope_missing') return scopeIn(error.message) ?? 'refused';
    if (error.kind === 'contract_changed') return null;
    throw error;
  }
}
