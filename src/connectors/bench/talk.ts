import { fixedClock } from '../../kernel/index.js';
import type { Connector, ConnectorSettings } from '../contract/index.js';
import { createSourceHttp } from '../transport/index.js';
import type { Conversation, Head, Plan } from './conversation.js';
import { createDiscretion } from './discretion.js';
import { createRecorder } from './record.js';
import { ConversationDiffers, createReplayer } from './replay.js';
import { runPlan, type Report } from './run-plan.js';

export interface Recording {
  readonly connector: Connector;
  readonly settings: ConnectorSettings;
  readonly token: string;
  readonly plan: Plan;
  /** The clock stands still here, while recording and at every replay. */
  readonly at: Date;
  /** A key to make other people of the people in it; null: they stay. */
  readonly people: string | null;
  readonly onStep: (name: string) => void;
}

/** Talks with the source for real and writes down what was said. */
export async function recordConversation(what: Recording): Promise<{ conversation: Conversation; report: Report }> {
  const { connector, settings, token, plan, at, people } = what;
  const { declaration } = connector;
  const http = createSourceHttp({
    baseUrl: settings.baseUrl,
    allowedHosts: declaration.allowedHosts ?? [],
    bearer: async () => token,
  });
  const recorder = createRecorder(http, createDiscretion({ secrets: [token, settings.clientSecret], people }));
  const onStep = (name: string): void => (recorder.step(name), what.onStep(name));
  const report = await runPlan({
    connector,
    plan,
    onStep,
    context: { http: recorder, clock: fixedClock(at), settings },
  });
  const head: Head = {
    kind: 'openpost-conversation',
    version: 1,
    connector: declaration.id,
    connectorVersion: declaration.version,
    baseUrl: settings.baseUrl,
    extra: withoutSecrets(connector, settings.extra),
    recordedAt: at.toISOString(),
    plan,
  };
  return { conversation: { head, exchanges: recorder.exchanges }, report };
}

/** What the declaration or the name of a setting calls secret stays here. */
function withoutSecrets({ declaration }: Connector, extra: ConnectorSettings['extra']): ConnectorSettings['extra'] {
  const secret = new Set(declaration.settings.filter((field) => field.secret).map(({ key }) => key));
  return Object.fromEntries(Object.entries(extra).filter(([key]) => !secret.has(key) && !/secret|token|password|key$/i.test(key))); // prettier-ignore
}

/**
 * The same connector in the recorded conversation, without any network. `difference`: where it first asked something
 * else; null when every call was the recorded one to the byte.
 */
export async function replayConversation(
  connector: Connector,
  conversation: Conversation,
): Promise<{ report: Report | null; difference: string | null }> {
  const { baseUrl, extra, recordedAt, plan } = conversation.head;
  // Secrets were taken out of the recording, and here are none to take out; names of secrets are treated alike.
  const replayer = createReplayer(conversation, createDiscretion({ secrets: [], people: null }));
  const settings = { baseUrl, extra, clientId: 'replay', clientSecret: 'replay' };
  const context = { http: replayer, clock: fixedClock(recordedAt), settings };
  try {
    const report = await runPlan({ connector, plan, context, onStep: () => undefined });
    replayer.end();
    return { report, difference: null };
  } catch (error) {
    if (error instanceof ConversationDiffers) return { report: null, difference: error.message };
    throw error;
  }
}
