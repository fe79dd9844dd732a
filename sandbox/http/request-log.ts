/** One request a stand-in served; no header, body or credential is ever kept. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  /** HTTP status, or 0 when the connection ended without an answer. */
  readonly status: number;
  /** ISO instant on the sandbox clock. */
  readonly time: string;
  /** The administration the request was about, when it named one. */
  readonly tenant: string | null;
  readonly durationMs: number;
  /** The fault that was played, when there was one. */
  readonly fault?: string;
}

/** The last requests, oldest first; older ones are dropped so that a week of load does not eat the memory. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly limit = 10_000) {}

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > this.limit * 2) this.entries = this.entries.slice(-this.limit);
  }

  all(): readonly LoggedRequest[] {
    return this.entries.slice(-this.limit);
  }

  clear(): void {
    this.entries = [];
  }
}
