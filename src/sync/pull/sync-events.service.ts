import { isDeepStrictEqual } from 'node:util';
import { Injectable, type MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
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

  /** `progress` whenever something changed (and now and then when nothing did), then `done`, then the end. */
  follow(ref: SyncRef): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      const stop = new AbortController();
      const emit = (type: 'progress' | 'done', view: SyncView): void => subscriber.next({ type, data: view });
      void this.watch(ref, emit, stop.signal).then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
      return () => stop.abort();
    });
  }

  private async watch(
    ref: SyncRef,
    emit: (type: 'progress' | 'done', view: SyncView) => void,
    stop: AbortSignal,
  ): Promise<void> {
    let shown: SyncView | null = null;
    let shownAt = 0;
    while (!stop.aborted) {
      const view = await this.syncs.get(ref);
      if (hasEnded(view)) {
        emit('progress', view);
        return emit('done', view);
      }
      if (Date.now() - shownAt > SILENCE_MS || shown === null || !isDeepStrictEqual(view.objects, shown.objects)) {
        emit('progress', view);
        [shown, shownAt] = [view, Date.now()];
      }
      await new Promise((proceed) => setTimeout(proceed, POLL_MS));
    }
  }
}
