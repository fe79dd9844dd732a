import { jsonAnswer, type Answer, type Call } from './answer.js';
import type { SandboxClock } from './clock.js';
import type { Fault, FaultBox } from './faults.js';
import type { RequestLog } from './request-log.js';

/** What the doors of one stand-in open on. */
export interface DoorParts {
  readonly clock: SandboxClock;
  readonly faults: FaultBox;
  readonly log: RequestLog;
  /** The body of `GET /__sandbox/state`. */
  state(query: URLSearchParams): unknown;
  /** Plays a book command; throws a message when it cannot be played. */
  command(body: Record<string, unknown>): unknown;
  /** Revokes the app's grants; answers how many. */
  revoke(): unknown;
}

/** Answers a call to `/__sandbox/*`; `null` when the path is not a door. */
export function answerDoor(call: Call, parts: DoorParts): Answer | null {
  if (!call.path.startsWith('/__sandbox/')) return null;
  const door = DOORS[`${call.method} ${call.path}`];
  if (door === undefined) return jsonAnswer(404, { error: `no such door: ${call.method} ${call.path}` });
  try {
    return door(call, parts);
  } catch (error) {
    return jsonAnswer(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

type Door = (call: Call, parts: DoorParts) => Answer;

const DOORS: Readonly<Record<string, Door>> = {
  'GET /__sandbox/state': (call, parts) => jsonAnswer(200, parts.state(call.query)),
  'GET /__sandbox/requests': (_call, parts) => jsonAnswer(200, { requests: parts.log.all() }),
  'DELETE /__sandbox/requests': (_call, parts) => (parts.log.clear(), jsonAnswer(200, { requests: [] })),
  'GET /__sandbox/faults': (_call, parts) => jsonAnswer(200, { faults: parts.faults.all() }),
  'POST /__sandbox/faults': armFault,
  'DELETE /__sandbox/faults': (_call, parts) => (parts.faults.clear(), jsonAnswer(200, { faults: [] })),
  'POST /__sandbox/books': (call, parts) => jsonAnswer(200, parts.command(bodyOf(call))),
  'POST /__sandbox/clock': turnClock,
};

/** `revoke` is not a fault that waits for a call: the user withdraws the app's access, now. */
function armFault(call: Call, parts: DoorParts): Answer {
  const fault = bodyOf(call) as unknown as Fault;
  if (fault.kind === 'revoke') return jsonAnswer(200, { revoked: parts.revoke() });
  parts.faults.arm(fault);
  return jsonAnswer(201, { faults: parts.faults.all() });
}

function turnClock(call: Call, parts: DoorParts): Answer {
  const { now, frozen } = bodyOf(call);
  if (now !== null && (typeof now !== 'string' || Number.isNaN(Date.parse(now))))
    throw new Error('now is an ISO instant such as "2026-11-22T10:00:00Z", or null for the real time');
  parts.clock.set(now, frozen === true);
  return jsonAnswer(200, { now: parts.clock.now().toISOString() });
}

function bodyOf(call: Call): Record<string, unknown> {
  const value: unknown = JSON.parse(call.body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('the body is a JSON object');
  return value as Record<string, unknown>;
}
