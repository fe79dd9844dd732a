import { accounts, syncAccounts } from './accounts.js';
import { communicationNotes, tasks } from './activities.js';
import { paymentConditions } from './conditions.js';
import { contacts, syncContacts } from './contacts.js';
import { deleted } from './deleted.js';
import { documentAttachments, documents, documentTypes } from './documents.js';
import { bulkReceivables, paymentTerms, receivables } from './payment-terms.js';
import { receivablesList } from './receivables-list.js';
import type { Resource } from './resource.js';
import { currentMe, divisions } from './system.js';
import { webhookSubscriptions } from './webhook-subscriptions.js';

const ALL: readonly Resource[] = [
  accounts,
  bulkReceivables,
  communicationNotes,
  contacts,
  currentMe,
  deleted,
  divisions,
  documentAttachments,
  documents,
  documentTypes,
  paymentConditions,
  paymentTerms,
  receivables,
  receivablesList,
  syncAccounts,
  syncContacts,
  tasks,
  webhookSubscriptions,
];

/** By path in lower case: the service takes any case in the path (field names it does not). */
export const RESOURCES: ReadonlyMap<string, Resource> = new Map(
  ALL.map((resource) => [resource.path.toLowerCase(), resource]),
);

export { DELETED_ENTITY, recordDeletion } from './deleted.js';
export { FUNCTIONS } from './functions.js';
export { fieldOf, valueOf, type Context, type Resource, type Values } from './resource.js';
