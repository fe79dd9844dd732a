import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerDoor,
  deliver,
  FaultBox,
  Journal,
  readCall,
  RequestLog,
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
import { GraphQlEndpoint, rootFieldsOf, type Served } from './graphql/index.js';
import { answerToken, answerUserInfo, AuthorizeEndpoint, OpenId, TokenStore } from './oauth/index.js';
import { toSite, type ClearFactsSandboxOptions, type ClearFactsUser, type Profile, type Site } from './options.js';
import { answerBefore, deliveryOf, kindsFor, spoil } from './played-faults.js';
import { stateOf } from './state-door.js';
import { Ledger, type ClearFactsCommand } from './store/index.js';

const TOKEN_PATH = '/oauth2-server/token';
const API_PATH = '/graphql';
const HOLD_MS = 60_000;
const SLOW_MS = 3_000;

/** A stand-in of ClearFacts that listens: login host and API in one. */
export class ClearFactsSandbox {
  readonly faults = new FaultBox();
  readonly log = new RequestLog();
  private readonly openId = new OpenId();
  private readonly authorize: AuthorizeEndpoint;
  private readonly api: GraphQlEndpoint;
  private server: RunningServer | null = null;

  private constructor(
    private readonly site: Site,
    private readonly clock: SandboxClock,
    private readonly tokens: TokenStore,
    private readonly ledger: Ledger,
  ) {
    this.authorize = new AuthorizeEndpoint(site, tokens);
    this.api = new GraphQlEndpoint(site, tokens, ledger);
  }

  /** Opens the books (or the state file) and listens. */
  static async start(options: ClearFactsSandboxOptions): Promise<ClearFactsSandbox> {
    const clock = new SandboxClock(options.clock);
    const site = toSite(options, clock);
    const journal = new Journal(options.stateFile);
    const tokens = new TokenStore(clock, journal, site.tokens);
    const ledger = new Ledger(journal, tokens);
    ledger.open(options.books);
    for (const personal of options.personalAccessTokens ?? []) tokens.addPersonal(personal);
    const sandbox = new ClearFactsSandbox(site, clock, tokens, ledger);
    const { port, hostName } = options;
    sandbox.server = await startServer((request, response) => sandbox.serve(request, response), { port, hostName });
    return sandbox;
  }

  /** Where people log in; `baseUrl` is the same. */
  get loginUrl(): string {
    return this.baseUrl;
  }

  get baseUrl(): string {
    return this.server?.baseUrl ?? '';
  }

  get apiUrl(): string {
    return `${this.baseUrl}${API_PATH}`;
  }

  /** What a connector's settings hold besides the login host. */
  get extra(): Readonly<Record<string, string>> {
    return { apiUrl: this.apiUrl };
  }

  get port(): number {
    return this.server?.port ?? 0;
  }

  get profile(): Profile {
    return this.site.profile;
  }

  get clientId(): string {
    return this.site.clientId;
  }

  get clientSecret(): string {
    return this.site.clientSecret;
  }

  get users(): readonly ClearFactsUser[] {
    return this.site.users;
  }

  /** Enterprise number and name of each administration. */
  get administrations(): readonly { companyNumber: string; name: string }[] {
    return [...this.ledger.administrations.values()].map(({ book, companyNumber }) => ({ companyNumber, name: book.name })); // prettier-ignore
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

  /** Plays a command on an administration (the first when not named), as `POST /__sandbox/books` does. */
  applyBookCommand(command: ClearFactsCommand, companyNumber?: string): unknown {
    return this.ledger.command(command, this.clock.now().getTime(), companyNumber);
  }

  /** Turns the stand-in's clock; `null` is the real time again. */
  setClock(instant: string | null, frozen = false): void {
    this.clock.set(instant, frozen);
  }

  /** The user removes the app; answers how many tokens ended. */
  revoke(): number {
    return this.tokens.revokeAll();
  }

  state(query = new URLSearchParams()): Record<string, unknown> {
    const { profile } = this.site;
    return stateOf(this.ledger, { now: this.clock.now(), tokens: this.tokens.livingCount, profile, query });
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const call = await readCall(request, `http://${request.headers.host ?? `localhost:${this.port}`}`);
    const door = answerDoor(call, {
      clock: this.clock,
      faults: this.faults,
      log: this.log,
      state: (query) => this.state(query),
      command: ({ administration, ...command }) =>
        this.applyBookCommand(command as ClearFactsCommand, administration === undefined ? undefined : String(administration)), // prettier-ignore
      revoke: () => this.revoke(),
    });
    if (door !== null) return void (await deliver(response, door, { delivery: 'whole', holdMs: 0 }));
    const time = this.clock.now().toISOString();
    const fields = call.path === API_PATH ? rootFieldsOf(call) : [];
    const { answer, armed } = await this.answer(call, fields);
    const [holdMs, delivery] = [armed?.fault.delayMs ?? HOLD_MS, deliveryOf(armed?.fault.kind)];
    const log = (status: number): void => this.record(call, { status, time, started, armed, fields });
    // A held call is in the log at once: whoever waits for it to give up wants to see that it came.
    if (delivery === 'never') log(0);
    const status = await deliver(response, answer, { delivery, holdMs });
    if (delivery !== 'never') log(status);
  }

  /** Every call goes to one path, so the fields it asks for stand behind it, after a `#` that is never sent. */
  private record(
    call: Call,
    how: { status: number; time: string; started: number; armed: ArmedFault | null; fields: readonly string[] },
  ): void {
    this.log.add({
      method: call.method,
      path: nameOf(call, how.fields),
      status: how.status,
      time: how.time,
      tenant: this.tenantOf(call),
      durationMs: Math.round(performance.now() - how.started),
      ...(how.armed === null ? {} : { fault: how.armed.fault.kind }),
    });
  }

  /** The administration that a call names, wherever it does. */
  private tenantOf(call: Call): string | null {
    if (call.path !== API_PATH) return null;
    const named = /"(?:companyNumber|vatnumber)"\s*:\s*"(?:BE)?(\d{10})"/i.exec(call.body.subarray(0, 4_096).toString('latin1')); // prettier-ignore
    return named?.[1] ?? null;
  }

  private async answer(call: Call, fields: readonly string[]): Promise<{ answer: Answer; armed: ArmedFault | null }> {
    const text = `${call.method} ${nameOf(call, fields)}`;
    const isToken = call.path === TOKEN_PATH;
    const late = isToken ? this.faults.strike(text, true, ['token-slow']) : null;
    if (late !== null) await sleep(late.fault.delayMs ?? SLOW_MS);
    const armed = this.faults.strike(text, call.path === API_PATH, kindsFor(isToken));
    if (armed === null) return { answer: (await this.perform(call)).answer, armed: late };
    if (armed.fault.kind === 'slow') await sleep(armed.fault.delayMs ?? SLOW_MS);
    const now = this.clock.now();
    const before = answerBefore(armed, { now, fields });
    return { answer: before ?? spoil(await this.perform(call), armed, now), armed };
  }

  private async perform(call: Call): Promise<Served> {
    if (call.path === API_PATH && call.method === 'POST') return this.api.answer(call);
    return { answer: this.login(call), list: null };
  }

  private login(call: Call): Answer {
    const parts = { site: this.site, tokens: this.tokens, openId: this.openId };
    const routes: Readonly<Record<string, () => Answer>> = {
      'GET /.well-known/openid-configuration': () => this.openId.discovery(call.origin),
      'GET /oauth2-server/jwks.json': () => this.openId.jwks(),
      'GET /oauth2-server/authorize': () => this.authorize.answer(call),
      'POST /oauth2-server/authorize': () => this.authorize.answer(call),
      [`POST ${TOKEN_PATH}`]: () => answerToken(call, parts),
      'GET /oauth2-server/userinfo': () => answerUserInfo(call, parts),
    };
    return routes[`${call.method} ${call.path}`]?.() ?? textAnswer(404, 'Not found');
  }
}

function nameOf(call: Call, fields: readonly string[]): string {
  return fields.length === 0 ? call.path : `${call.path}#${fields.join(',')}`;
}

/** Starts a stand-in of ClearFacts over the given books. */
export function createClearFactsSandbox(options: ClearFactsSandboxOptions): Promise<ClearFactsSandbox> {
  return ClearFactsSandbox.start(options);
}
