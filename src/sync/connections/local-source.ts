import type { SourceHttp } from '../../connectors/contract/index.js';
import type { ConnectionRef } from './connection-ref.js';

/** A way to records that lie here, for a source where nobody signs in. */
export interface WayOut {
  readonly http: SourceHttp;
  /** Calls made so far. */
  calls(): number;
  /** As of when the records tell what they tell; null when there are none yet. */
  asOf(): Date | null;
}

/** Answers a connector out of what people brought, in the place of a package's host. */
export abstract class LocalSource {
  abstract open(ref: ConnectionRef): Promise<WayOut>;
}
