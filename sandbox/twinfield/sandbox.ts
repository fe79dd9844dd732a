import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerDoor,
  deliver,
  FaultBox,
  Journal,
  readCall,
  RequestLog,
  safeDecode,
  SandboxClock,
  sleep,
  startServer,
  type Answer,
  type ArmedFault,
  type Fault,
  type LoggedRequest,
  type RunningServer,
} from '../http/index.js';
import { Api, type Opened, type Served } from './api.js';
import { playCommand, type CommandResult, type TwinfieldCommand } from './book-door.js';
import { allLines, openOffices, type Offices } from './office/index.js';
import { AUTH_PATH, OpenIdProvider, TOKEN_PATH, TokenStore } from './oidc/index.js';
import { toSite, type Site, type TwinfieldSandboxOptions, type TwinfieldUser } from './options.js';
import { answerBefore, deliveryOf, kindsFor, spoil } from './played-faults.js';
import { CONCURRENCY, Quota } from './quota.js';
import { stateOf, type TwinfieldState } from './state-door.js';

const HOLD_MS = 60_000;
const SLOW_MS = 3_000;

interface Parts {
  readonly tokens: TokenStore;
  readonly offices: Offices;
  readonly journal: Journal;
  readonly quota: Quota;
  readonly api: Api;
  readonly login: OpenIdProvider;
}

interface Answered {
  readonly answer: Answer;
  readonly armed: ArmedFault | null;
  readonly leave: (() => void) | undefined;
}

/** A stand-in of Twinfield that listens: login host and cluster in one. */
export class TwinfieldSandbox {
  readonly faults = new FaultBox();
  readonly log = new RequestLog();
  private server: RunningServer | null = null;

  private constructor(
    private readonly site: Site,
    private readonly turnable: SandboxClock,
    private readonly parts: Parts,
  ) {}

  /** Opens the books (or the state file) and listens. */
  static async start(options: TwinfieldSandboxOptions): Promise<TwinfieldSandbox> {
    const clock = new SandboxClock(options.clock);
    const site = toSite(options, clock);
    const journal = new Journal(options.stateFile);
    const tokens = new TokenStore(clock, journal);
    const offices = openOffices(options.books, { journal, tokens, now: clock.now().getTime() });
    const quota = new Quota(clock, quotaKind(options), options.concurrency ?? CONCURRENCY.organisation);
    const deletedBy = options.deletedBy ?? 'deletion';
    const api = new Api({ site, tokens, quota, offices, deletedBy });
    const login = new OpenIdProvider(site, tokens);
    const sandbox = new TwinfieldSandbox(site, clock, { tokens, offices, journal, quota, api, login });
    sandbox.server = await startServer((request, response) => sandbox.serve(request, response), {
      port: options.port,
      hostName: options.hostName,
    });
    return sandbox;
  }

  /** Where it listens; the cluster that a token's validation names is this address, as the caller wrote it. */
  get baseUrl(): string {
    return this.server?.baseUrl ?? '';
  }

  /** Stands for `https://login.twinfield.com`: everything below it is under `/auth/authentication`. */
  get loginUrl(): string {
    return this.baseUrl;
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  get clientId(): string {
    return this.site.clientId;
  }

  get clientSecret(): string {
    return this.site.clientSecret;
  }

  get users(): readonly TwinfieldUser[] {
    return this.site.users;
  }

  /** The last requests, oldest first; the doors are not among them. */
  get requests(): readonly LoggedRequest[] {
    return this.log.all();
  }

  /** Arms a fault, as `POST /__sandbox/faults` does. */
  arm(fault: Fault): void {
    if (fault.kind === 'revoke') this.revoke();
    else this.faults.arm(fault);
  }

  /** Plays a command on an office (the first when not named), as `POST /__sandbox/books` does. */
  applyBookCommand(command: TwinfieldCommand, office?: string): CommandResult {
    const { offices } = this.parts;
    const store = office === undefined ? [...offices.values()][0] : offices.get(office);
    if (store === undefined) throw new Error(`no office ${office}`);
    return playCommand(store, command, this.turnable);
  }

  /** Turns the stand-in's clock; `null` is the real time again. */
  setClock(instant: string | null, frozen = false): void {
    this.turnable.set(instant, frozen);
  }

  /** The user withdraws the app's access; answers how many consents ended. */
  revoke(): number {
    return this.parts.tokens.revokeAll();
  }

  state(query = new URLSearchParams()): TwinfieldState {
    const { offices, tokens, quota } = this.parts;
    const { mostAtOnce } = quota;
    return stateOf(offices, { now: this.turnable.now(), tokens: tokens.livingCount, mostAtOnce, query });
  }

  async close(): Promise<void> {
    await this.server?.close();
    this.parts.journal.rewrite(allLines(this.parts.offices, this.parts.tokens));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const call = await readCall(request, `http://${request.headers.host ?? `localhost:${this.port}`}`);
    const door = answerDoor(call, {
      clock: this.turnable,
      faults: this.faults,
      log: this.log,
      state: (query) => this.state(query),
      command: ({ office, ...command }) =>
        this.applyBookCommand(
          command as unknown as TwinfieldCommand,
          office === undefined ? undefined : String(office),
        ),
      revoke: () => this.revoke(),
    });
    if (door !== null) return void (await deliver(response, door, { delivery: 'whole', holdMs: 0 }));
    const time = this.turnable.now().toISOString();
    const opened = this.parts.api.open(call);
    const { answer, armed, leave } = await this.answer(opened);
    if (leave !== undefined) response.once('close', leave);
    const delivery = deliveryOf(armed?.fault.kind);
    const log = (status: number): void => this.record(opened, { status, time, started, armed });
    // A held call is in the log at once: whoever waits for it to give up wants to see that it came.
    if (delivery === 'never') log(0);
    const status = await deliver(response, answer, { delivery, holdMs: armed?.fault.delayMs ?? HOLD_MS });
    if (delivery !== 'never') log(status);
  }

  /** Of the login host only the path is kept: its queries and forms hold codes and tokens. */
  private record(
    { call, label, tenant }: Opened,
    how: { status: number; time: string; started: number; armed: ArmedFault | null },
  ): void {
    const inLogin = call.path.startsWith(AUTH_PATH);
    this.log.add({
      method: call.method,
      path: inLogin || call.search === '' ? label : `${label}?${call.search}`,
      status: how.status,
      time: how.time,
      tenant,
      durationMs: Math.round(performance.now() - how.started),
      ...(how.armed === null ? {} : { fault: how.armed.fault.kind }),
    });
  }

  private async answer(opened: Opened): Promise<Answered> {
    const { call, label } = opened;
    const text = `${call.method} ${label}${call.search === '' ? '' : `?${safeDecode(call.search)}`}`;
    const inApi = call.method === 'POST' && this.parts.api.isService(call.path);
    const late = call.path === TOKEN_PATH ? this.faults.strike(text, true, ['token-slow']) : null;
    if (late !== null) await sleep(late.fault.delayMs ?? SLOW_MS);
    const armed = this.faults.strike(text, inApi, kindsFor(opened));
    if (armed === null) return this.served(opened, late);
    const before = answerBefore(armed, opened, this.parts);
    if (before !== null) return { answer: before, armed, leave: undefined };
    return this.served(opened, armed);
  }

  private async served(opened: Opened, armed: ArmedFault | null): Promise<Answered> {
    const { api, login, offices } = this.parts;
    const inLogin = opened.call.path.startsWith(AUTH_PATH);
    const served: Served = inLogin ? { answer: login.answer(opened.call), shown: [] } : api.perform(opened);
    // Slow is the whole call: it counts as running all the while.
    if (armed?.fault.kind === 'slow') await sleep(armed.fault.delayMs ?? SLOW_MS);
    const now = this.turnable.now().getTime();
    const answer = armed === null ? served.answer : spoil(served, armed, { offices, now });
    return { answer, armed, leave: served.leave };
  }
}

function quotaKind({ quota }: TwinfieldSandboxOptions): 'certified' | 'uncertified' | null {
  if (quota === false) return null;
  return quota === 'uncertified' ? 'uncertified' : 'certified';
}

/** Starts a stand-in of Twinfield over the given books. */
export function createTwinfieldSandbox(options: TwinfieldSandboxOptions): Promise<TwinfieldSandbox> {
  return TwinfieldSandbox.start(options);
}
