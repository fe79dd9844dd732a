import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** How an answer travels: whole, or broken on the way. */
export type Delivery = 'whole' | 'never' | 'reset-mid-body' | 'truncated-body';

/**
 * Sends an answer. `never` holds the connection for `holdMs` and then cuts it, which is what a caller sees of a server
 * that has gone away. Resolves with the status the caller got, 0 when it got none or only half a body.
 */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  how: { delivery: Delivery; holdMs: number },
): Promise<number> {
  if (how.delivery === 'never') {
    await Promise.race([sleep(how.holdMs), new Promise((resolve) => response.once('close', resolve))]);
    response.socket?.destroy();
    return 0;
  }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)));
  if (how.delivery === 'truncated-body') {
    response.writeHead(answer.status, answer.reason, answer.headers).end(half);
    return answer.status;
  }
  const length = answer.status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(answer.status, answer.reason, { ...answer.headers, ...length });
  if (how.delivery === 'whole') {
    response.end(answer.status === 204 ? undefined : body);
    return answer.status;
  }
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  await sleep(20);
  response.socket?.resetAndDestroy();
  return 0;
}

export { sleep };
