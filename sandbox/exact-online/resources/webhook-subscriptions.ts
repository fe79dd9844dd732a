import { randomUUID } from 'node:crypto';
import { WEBHOOK_SUBSCRIPTION_FIELDS } from '../fields/index.js';
import type { SubscriptionRecord } from '../store/index.js';
import { TOPICS } from '../webhooks.js';
import { ExactError } from '../wire/errors.js';
import { required } from './entries.js';
import { defineResource } from './resource.js';
import { stamps } from './stamps.js';

/** GET, POST and DELETE. PUT is in the reference, yet a maintainer reports that it is refused: it is not offered. */
export const webhookSubscriptions = defineResource<SubscriptionRecord>({
  path: 'webhooks/WebhookSubscriptions',
  typeName: 'Exact.Web.Api.Models.Webhooks.WebhookSubscription',
  fields: WEBHOOK_SUBSCRIPTION_FIELDS,
  key: 'ID',
  pageSize: 60,
  scope: 'organization.administration',
  rows: ({ division }) => division.subscriptions.byKey(),
  find: ({ division }, key) => division.subscriptions.get(String(key)),
  values: {
    ID: (row) => row.key,
    CallbackURL: (row) => row.record.callbackUrl,
    Topic: (row) => row.record.topic,
    ClientID: (_row, { site }) => site.clientId,
    Created: stamps['Created']!,
    Creator: (_row, { userId }) => userId,
    CreatorFullName: (_row, { user }) => user.fullName ?? user.userName,
    Description: () => 'Sandbox app',
    Division: stamps['Division']!,
    UserID: (_row, { userId }) => userId,
  },
  post: (fields, { division, now }) => {
    required(fields, { CallbackURL: 'CallbackURL', Topic: 'Topic' });
    const record = { callbackUrl: String(fields['CallbackURL']), topic: String(fields['Topic']) };
    if (!TOPICS.includes(record.topic)) throw new ExactError(400, 'Ongeldige verwijzing: Topic');
    const twin = [...division.subscriptions.values()].some(
      (row) => row.record.topic === record.topic && row.record.callbackUrl === record.callbackUrl,
    );
    // A business error with a status that looks like an outage.
    if (twin) throw new ExactError(500, 'Gegeven bestaat reeds.');
    return division.subscriptions.put(randomUUID(), record, { now });
  },
  remove: (row, { division }) => {
    division.subscriptions.delete(row.key);
  },
});
