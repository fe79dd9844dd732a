import { SourceError, type SourceHttp, type SourceRequest } from '../contract/index.js';
import { toAnswered, toAsked, type Exchange } from './conversation.js';
import type { Discretion } from './discretion.js';

/** A way out that writes down what was said on it, in the order in which it was asked. */
export interface Recorder extends SourceHttp {
  readonly exchanges: readonly Exchange[];
  /** What the calls from now on are for. */
  step(name: string): void;
}

export function createRecorder(http: SourceHttp, discretion: Discretion): Recorder {
  const exchanges: Exchange[] = [];
  const now = { step: '' };
  return {
    exchanges,
    step: (name) => void (now.step = name),
    async request(request: SourceRequest) {
      const asked = { step: now.step, request: toAsked(request, discretion) };
      const place = exchanges.push(asked) - 1;
      try {
        const response = await http.request(request);
        exchanges[place] = { ...asked, response: toAnswered(response, discretion) };
        return response;
      } catch (error) {
        const { kind, message } = error instanceof SourceError ? error : new SourceError('bug', String(error));
        exchanges[place] = { ...asked, failure: { kind, message: discretion.text(message) } };
        throw error;
      }
    },
  };
}
