import type { Book } from '../../sandbox/books/index.js';
import type { Fault } from '../../sandbox/http/index.js';
import {
  SourceError,
  type Connector,
  type ConnectorAuth,
  type ConnectorContext,
  type ConnectorSettings,
  type Page,
  type Position,
  type SourceHttp,
  type TokenGrant,
} from '../../src/connectors/contract/index.js';
import { createSourceHttp } from '../../src/connectors/transport/index.js';
import { fixedClock } from '../../src/kernel/index.js';
import type { LedgerObject, Mapped } from '../../src/ledger/domain/index.js';
import { signIn } from './sign-in.js';

/** What every stand-in offers to tests. */
export interface StandIn {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the settings hold besides the login host. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly users: readonly { userName: string; password: string }[];
  /** The way in where nobody signs in; absent: its address, with a token. */
  readonly http?: SourceHttp;
  readonly requests: readonly { method: string; path: string; status: number }[];
  arm(fault: Fault): void;
  // oxlint-disable-next-line typescript/method-signature-style -- each stand-in takes the commands it knows
  applyBookCommand(command: { kind: string; [name: string]: unknown }): unknown;
  setClock(instant: string | null, frozen?: boolean): void;
  close(): Promise<void>;
}

/** How a connector joins: its stand-in and which of the stand-in's calls are which. */
export interface ContractSubject {
  readonly connector: Connector;
  start(book: Book): Promise<StandIn>;
  /** The book's number in the words of this package; absent: the number itself. */
  administration?(book: Book): string;
  /** What this package calls the debtors and receivables of the books; absent: by their own ids. */
  namesIn?(book: Book): ReadonlyMap<string, string>;
  /** Until when the stand-in's two limits say to wait; absent: the end of the minute and of the day. */
  readonly waits?: { readonly minute: string; readonly day: string };
  /** How somebody changes records between two pages: the stand-in by itself (absent), or the books by a command. */
  readonly driftBy?: 'command';
  /** What becomes of a receivable that is gone at the source: deleted (absent), or no longer open. */
  readonly vanishing?: 'settled';
  /** Debtors of the larger books, for a package whose only list they are. */
  readonly debtors?: number;
  /** Deadline of a call; absent: short, so that tests of missing answers are. */
  readonly timeoutMs?: number;
  /** How a person reads and edits the field in which a package shows how a debtor stands. */
  readonly standing?: {
    read(stage: Stage, debtorId: string): string;
    edit(stage: Stage, debtorId: string, text: string): void;
  };
  /** Part of, or an expression over, "METHOD /path?query". */
  readonly calls: { readonly token: string; readonly receivables: string; readonly note?: string; readonly document?: string; readonly task?: string; readonly file?: string }; // prettier-ignore
}

export const NOW = '2026-11-20T09:00:30.000Z';
const REDIRECT = 'http://localhost:39999/oauth/callback';
export const TIMEOUT_MS = 1_500;

/** A connector that has signed in at its stand-in. */
export class Stage {
  private constructor(
    readonly subject: ContractSubject,
    readonly book: Book,
    readonly standIn: StandIn,
    readonly settings: ConnectorSettings,
    private grant: TokenGrant,
  ) {
    this.names = subject.namesIn?.(book) ?? new Map();
    this.context = { http: this.wayOut(), clock: fixedClock(NOW), settings };
  }

  private readonly names: ReadonlyMap<string, string>;
  /** One way out for the whole life of a connection, as the engine has: a connector may remember by it. */
  readonly context: ConnectorContext;

  static async open(subject: ContractSubject, book: Book): Promise<Stage> {
    const standIn = await subject.start(book);
    const { baseUrl, clientId, clientSecret, extra = {} } = standIn;
    const settings = { baseUrl, clientId, clientSecret, extra };
    const hasLogin = subject.connector.declaration.auth.kind !== 'none';
    const grant = hasLogin ? await consentAt(subject.connector.auth(settings), standIn) : NO_TOKENS;
    const stage = new Stage(subject, book, standIn, settings, grant);
    // After a consent the engine first asks what it reaches.
    await subject.connector.check(stage.context);
    return stage;
  }

  get administration(): string {
    return this.subject.administration?.(this.book) ?? String(this.book.code);
  }

  /** The object that the tests page through: receivables, or debtors where the package has no more. */
  get main(): LedgerObject {
    return this.subject.connector.declaration.pullOrder.includes('receivables') ? 'receivables' : 'debtors';
  }

  get tokens(): TokenGrant {
    return this.grant;
  }

  /** The package's own name of a debtor or receivable of the books. */
  nameOf(id: string): string {
    return this.names.get(id) ?? id;
  }

  private wayOut(): SourceHttp {
    if (this.standIn.http !== undefined) return this.standIn.http;
    return createSourceHttp({
      baseUrl: this.settings.baseUrl,
      allowedHosts: this.subject.connector.declaration.allowedHosts ?? [],
      bearer: async () => this.grant.accessToken,
      timeoutMs: this.subject.timeoutMs ?? TIMEOUT_MS,
    });
  }

  async refresh(): Promise<void> {
    this.grant = await this.subject.connector.auth(this.settings).refresh({ refreshToken: this.grant.refreshToken });
  }

  /** One page; the position travels as JSON, as it does through the database. */
  pull(object: LedgerObject, position: Position): Promise<Page> {
    const request = { object, administration: this.administration, position: throughJson(position), limit: 1_000 };
    return this.subject.connector.pull(this.context, request);
  }

  /** All pages from a position on. */
  async walk(
    object: LedgerObject,
    from?: Position,
  ): Promise<{ records: unknown[]; position: Position; calls: number }> {
    const before = this.standIn.requests.length;
    const records: unknown[] = [];
    let position = from ?? this.subject.connector.firstPosition(object);
    for (let pages = 0; pages < 5_000; pages += 1) {
      const page = await this.pull(object, position);
      records.push(...page.records);
      position = page.next;
      if (!page.more) return { records, position, calls: this.standIn.requests.length - before };
    }
    throw new Error('the walk never ended');
  }

  map(object: LedgerObject, raw: unknown): Mapped {
    return this.subject.connector.map(raw, { object, currency: this.book.currency, country: this.book.country });
  }
}

const NO_TOKENS: TokenGrant = { accessToken: '', refreshToken: '', expiresInSeconds: 0 };

async function consentAt(auth: ConnectorAuth, standIn: StandIn): Promise<TokenGrant> {
  const url = auth.authorizeUrl({ redirectUri: REDIRECT, state: 'opaque', forceLogin: true });
  const back = await signIn(url, standIn.users[0]!);
  if (back.searchParams.get('state') !== 'opaque') throw new Error('the state did not come back');
  return auth.exchange({ code: back.searchParams.get('code')!, redirectUri: REDIRECT });
}

function throughJson(position: Position): Position {
  return JSON.parse(JSON.stringify(position)) as Position;
}

/** The SourceError that `attempt` throws. */
export async function failureOf(attempt: () => Promise<unknown>): Promise<SourceError> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

export function recordsOf<Kind extends Mapped['outcome']>(
  mapped: readonly Mapped[],
  outcome: Kind,
): readonly Extract<Mapped, { outcome: Kind }>[] {
  return mapped.filter((each): each is Extract<Mapped, { outcome: Kind }> => each.outcome === outcome);
}
