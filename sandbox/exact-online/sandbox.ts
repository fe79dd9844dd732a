import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerDoor,
  deliver,
  FaultBox,
  formOf,
  Journal,
  readCall,
  RequestLog,
  safeDecode,
  SandboxClock,
  sleep,
  startServer,
  textAnswer,
  type Answer,
  type ArmedFault,
  type Call,
  type Fault,
  type LoggedRequest,
  type RunningServer,
} from '../http/index.js';
import { Api, tooMany } from './api/api.js';
import type { Served } from './api/read.js';
import { playCommand, type CommandResult, type LedgerCommand } from './book-door.js';
import { allLines, openDivisions } from './ledger-state.js';
import { answerToken, AuthorizeEndpoint, TokenStore } from './oauth/index.js';
import { toSite, type ExactOnlineSandboxOptions, type SandboxUser, type Site } from './options.js';
import { answerBefore, deliveryOf, kindsFor, spoil } from './played-faults.js';
import { Quota } from './quota.js';
import { stateOf } from './state-door.js';
import type { DivisionStore, Row, SubscriptionRecord } from './store/index.js';
import { hintOf, WebhookSender } from './webhooks.js';
import { errorAnswer, ExactError } from './wire/errors.js';

const SUBSCRIPTIONS = /^\/api\/v1\/\d+\/webhooks\/WebhookSubscriptions$/i;
const TOKEN_PATH = '/api/oauth2/token';
const HOLD_MS = 60_000;
const SLOW_MS = 3_000;

/** A stand-in of Exact Online that listens. */
export class ExactOnlineSandbox {
  readonly faults = new FaultBox();
  readonly log = new RequestLog();
  private readonly webhooks: WebhookSender;
  private server: RunningServer | null = null;

  private constructor(
    private readonly site: Site,
    private readonly turnable: SandboxClock,
    private readonly ledger: { tokens: TokenStore; divisions: ReadonlyMap<number, DivisionStore>; journal: Journal },
    private readonly doors: { api: Api; authorize: AuthorizeEndpoint; quota: Quota },
  ) {
    this.webhooks = new WebhookSender(site, () => this.baseUrl);
    for (const division of ledger.divisions.values())
      division.onChange = (change) => {
        const hint = hintOf(change);
        if (hint !== null) this.webhooks.announce(division, hint);
      };
  }

  /** Opens the books (or the state file) and listens. */
  static async start(options: ExactOnlineSandboxOptions): Promise<ExactOnlineSandbox> {
    const clock = new SandboxClock(options.clock);
    const site = toSite(options, clock);
    const journal = new Journal(options.stateFile);
    const tokens = new TokenStore(clock, journal);
    const now = clock.now().getTime();
    const divisions = openDivisions(options.books, { journal, tokens, now, payables: options.payables ?? 10 });
    const quota = new Quota(clock, options.quota ?? true);
    const api = new Api({ site, tokens, quota, divisions });
    const authorize = new AuthorizeEndpoint(site, tokens, () => [...divisions.values()]);
    const sandbox = new ExactOnlineSandbox(site, clock, { tokens, divisions, journal }, { api, authorize, quota });
    sandbox.server = await startServer((request, response) => sandbox.serve(request, response), {
      port: options.port,
      hostName: options.hostName,
    });
    return sandbox;
  }

  get baseUrl(): string {
    return this.server?.baseUrl ?? '';
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

  get webhookSecret(): string {
    return this.site.webhookSecret;
  }

  get users(): readonly SandboxUser[] {
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

  /** Plays a command on a division (the first when not named), as `POST /__sandbox/books` does. */
  applyBookCommand(command: LedgerCommand, division?: number): CommandResult {
    const store = division === undefined ? [...this.ledger.divisions.values()][0] : this.ledger.divisions.get(division);
    if (store === undefined) throw new Error(`no division ${division}`);
    return playCommand(store, command, this.turnable);
  }

  /** Turns the stand-in's clock; `null` is the real time again. */
  setClock(instant: string | null, frozen = false): void {
    this.turnable.set(instant, frozen);
  }

  /** The user withdraws the app's access; answers how many consents ended. */
  revoke(): number {
    return this.ledger.tokens.revokeAll();
  }

  state(query = new URLSearchParams()): Record<string, unknown> {
    const { divisions, tokens } = this.ledger;
    return stateOf(divisions, { now: this.turnable.now(), tokens: tokens.livingCount, query });
  }

  async close(): Promise<void> {
    this.webhooks.stop();
    await this.server?.close();
    const { journal, divisions, tokens } = this.ledger;
    journal.rewrite(allLines(divisions, tokens));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const call = await readCall(request, `http://${request.headers.host ?? `localhost:${this.port}`}`);
    const door = answerDoor(call, {
      clock: this.turnable,
      faults: this.faults,
      log: this.log,
      state: (query) => this.state(query),
      command: ({ division, ...command }) =>
        this.applyBookCommand(command as LedgerCommand, division === undefined ? undefined : Number(division)),
      revoke: () => this.revoke(),
    });
    if (door !== null) return void (await deliver(response, door, { delivery: 'whole', holdMs: 0 }));
    const time = this.turnable.now().toISOString();
    const { answer, armed } = await this.answer(call);
    const holdMs = armed?.fault.delayMs ?? HOLD_MS;
    const log = (status: number): void => this.record(call, { status, time, started, armed });
    // A held call is in the log at once: whoever waits for it to give up wants to see that it came.
    if (deliveryOf(armed?.fault.kind) === 'never') log(0);
    const status = await deliver(response, answer, { delivery: deliveryOf(armed?.fault.kind), holdMs });
    if (deliveryOf(armed?.fault.kind) !== 'never') log(status);
  }

  private record(call: Call, how: { status: number; time: string; started: number; armed: ArmedFault | null }): void {
    this.log.add({
      method: call.method,
      path: call.search === '' || call.path.startsWith('/api/oauth2') ? call.path : `${call.path}?${call.search}`,
      status: how.status,
      time: how.time,
      tenant: /^\/api\/v1\/(\d+)\//i.exec(call.path)?.[1] ?? null,
      durationMs: Math.round(performance.now() - how.started),
      ...(how.armed === null ? {} : { fault: how.armed.fault.kind }),
    });
  }

  private async answer(call: Call): Promise<{ answer: Answer; armed: ArmedFault | null }> {
    const text = `${call.method} ${call.path}${call.search === '' ? '' : `?${safeDecode(call.search)}`}`;
    const inApi = call.path.toLowerCase().startsWith('/api/v1/');
    const late = call.path === TOKEN_PATH ? this.faults.strike(text, true, ['token-slow']) : null;
    if (late !== null) await sleep(late.fault.delayMs ?? SLOW_MS);
    const armed = this.faults.strike(text, inApi, kindsFor(call));
    if (armed === null) return { answer: (await this.perform(call)).answer, armed: late };
    if (armed.fault.kind === 'slow') await sleep(armed.fault.delayMs ?? SLOW_MS);
    const before = answerBefore(armed, this.doors.quota);
    if (before !== null) {
      this.doors.api.recordStatus(call, before.status);
      return { answer: before, armed };
    }
    return { answer: spoil(await this.perform(call), armed, this.ledger.divisions), armed };
  }

  /** A new subscription only stays when its address answers the empty POST. */
  private async perform(call: Call): Promise<Served> {
    const served = this.route(call);
    if (!SUBSCRIPTIONS.test(call.path) || served.answer.status !== 201) return served;
    const { key, record } = served.rows[0] as Row<SubscriptionRecord>;
    const problem = await this.webhooks.validate(record.callbackUrl);
    if (problem === null) return served;
    for (const division of this.ledger.divisions.values()) division.subscriptions.delete(key);
    return { answer: errorAnswer(new ExactError(500, problem)), rows: [] };
  }

  private route(call: Call): Served {
    const path = call.path.toLowerCase();
    if (path.startsWith('/api/v1/')) return this.doors.api.answer(call);
    if (path === TOKEN_PATH && call.method === 'POST') return { answer: this.token(call), rows: [] };
    if (path === '/api/oauth2/auth') return { answer: this.doors.authorize.answer(call), rows: [] };
    if (path === '/docs/sysattachment.aspx') return { answer: this.doors.api.download(call), rows: [] };
    return { answer: textAnswer(404, 'Not found'), rows: [] };
  }

  /** Errors at the token endpoint count, and block, like any other. */
  private token(call: Call): Answer {
    const { tokens } = this.ledger;
    const budget = (userName: string): string => [this.site.clientId, userName, 'oauth2/token'].join(' ');
    const known = tokens.findRefresh(formOf(call).get('refresh_token') ?? '');
    if (known !== null && this.doors.quota.isBlocked(budget(known.chain.userName))) return tooMany({});
    const { answer, userName } = answerToken(call, this.site, tokens);
    if (userName !== null) this.doors.quota.recordStatus(budget(userName), answer.status);
    return answer;
  }
}

/** Starts a stand-in of Exact Online over the given books. */
export function createExactOnlineSandbox(options: ExactOnlineSandboxOptions): Promise<ExactOnlineSandbox> {
  return ExactOnlineSandbox.start(options);
}
