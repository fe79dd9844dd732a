import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { hasEnded, type SyncView } from './sync-view.js';
import type { SyncRef } from './sync.repository.js';
import { SyncService } from './sync.service.js';

const POLL_MS = 500;
/** Proxies cut streams that say nothing. */
const SILENCE_MS = 15_000;

/** Progress of a pull, live: from the row, so that it does not matter which process runs the pull. */
@Injectable()
export class SyncEvents {
  constructor(private readonly syncs: SyncService) {}

  /**
   * Server-sent events: `progress` whenever something changed (and now and then when nothing did), last `done`.
   * Throws a 404 problem before anything is sent when there is no such pull; ends when the reader leaves.
   */
  async stream(ref: SyncRef, response: Response): Promise<void> {
    let shown = await this.syncs.get(ref);
    response.writeHead(200, HEADERS);
    send(response, 'progress', shown);
    let shownAt = Date.now();
    while (!hasEnded(shown)) {
      await delay(POLL_MS);
      if (response.destroyed) return;
      const view = await this.syncs.get(ref);
      if (isSame(view, shown) && Date.now() - shownAt < SILENCE_MS) continue;
      send(response, 'progress', view);
      [shown, shownAt] = [view, Date.now()];
    }
    send(response, 'done', shown);
    response.end();
  }
}

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  // Keeps nginx from collecting the stream.
  'X-Accel-Buffering': 'no',
};

function isSame(left: SyncView, right: SyncView): boolean {
  return left.state === right.state && isDeepStrictEqual(left.objects, right.objects);
}

function send(response: Response, event: 'progress' | 'done', view: SyncView): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(view)}\n\n`);
}
