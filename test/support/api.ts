import { randomBytes } from 'node:crypto';
import { Module, type CanActivate, type DynamicModule, type ExecutionContext, type Type } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { configureApp } from '../../src/app.setup.js';
import { IdempotencyInterceptor, Problem, roleSuffices, ROLE_KEY } from '../../src/http/index.js';
import type { Identity, IdentifiedRequest, Role } from '../../src/http/index.js';
import { CLOCK, fixedClock, type Clock } from '../../src/kernel/index.js';
import { PersistenceModule, SecretBox } from '../../src/persistence/index.js';
import { InProcessQueue, QueueModule, type JobQueue } from '../../src/queue/index.js';
import type { TestDatabase } from './database.js';

const IDENTITY_HEADER = 'x-test-identity';

/** Says who is asking from a header, in place of sign-in; the route's own role is checked as the real guard does. */
class StubGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.getAllAndOverride<Role | 'public' | undefined>(ROLE_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === undefined) throw new Error('a route without @Requires or @Public');
    if (needed === 'public') return true;
    const incoming = context.switchToHttp().getRequest<IdentifiedRequest>();
    const header = incoming.header(IDENTITY_HEADER);
    if (header === undefined) throw new Problem(401, 'NOT_SIGNED_IN', 'sign in first');
    const identity = JSON.parse(header) as Identity;
    if (!roleSuffices(identity.role, needed))
      throw new Problem(403, 'ROLE_NOT_SUFFICIENT', `this needs role ${needed}`);
    incoming.identity = identity;
    return true;
  }
}

export interface TestApi {
  readonly app: NestExpressApplication;
  readonly queue: JobQueue;
  /** Asks as somebody of a firm: `api.as(firmId).get('/overview')`, below `/api/v1`. */
  as(firmId: string, role?: Role): Asking;
  close(): Promise<void>;
}

type Ask = (path: string) => request.Test;
export type Asking = Readonly<Record<'get' | 'post' | 'put' | 'patch' | 'delete', Ask>>;

export interface TestApiOptions {
  readonly modules: readonly (Type | DynamicModule)[];
  readonly clock?: Clock;
  readonly queue?: JobQueue;
  readonly secrets?: SecretBox;
}

export const TEST_NOW = '2026-11-22T10:00:00Z';

/** The product's HTTP border and the given modules over a test database. Without a clock it is 22 November 2026, 10:00 UTC. */
export async function createTestApi(database: TestDatabase, options: TestApiOptions): Promise<TestApi> {
  const { modules, clock = fixedClock(TEST_NOW), queue = new InProcessQueue() } = options;
  const testing = await Test.createTestingModule({
    imports: [
      PersistenceModule.forRoot(database.dataSource),
      QueueModule.forRoot(queue),
      withCore(clock, options.secrets),
      ...modules,
    ],
    providers: [{ provide: APP_GUARD, useClass: StubGuard }],
  }).compile();
  const app = testing.createNestApplication<NestExpressApplication>({ logger: ['error'] });
  configureApp(app);
  await app.init();
  const server = app.getHttpServer() as Parameters<typeof request>[0];
  const ask =
    (method: keyof Asking, identity: Identity): Ask =>
    (path) =>
      request(server)[method](`/api/v1${path}`).set(IDENTITY_HEADER, JSON.stringify(identity));
  return {
    app,
    queue,
    as: (firmId, role = 'admin') => {
      const identity = { firmId, role, userId: null, actor: `${role}@example.com` };
      const methods = (['get', 'post', 'put', 'patch', 'delete'] as const).map((method) => [
        method,
        ask(method, identity),
      ]);
      return Object.fromEntries(methods) as Asking;
    },
    close: () => app.close(),
  };
}

@Module({})
class TestCoreModule {}

/** What `CoreModule` gives, without the settings that these modules do not read. */
function withCore(clock: Clock, given?: SecretBox): DynamicModule {
  const secrets = given ?? new SecretBox(new Map([['test', randomBytes(32)]]));
  const providers = [
    { provide: CLOCK, useValue: clock },
    { provide: SecretBox, useValue: secrets },
    IdempotencyInterceptor,
  ];
  return { module: TestCoreModule, global: true, providers, exports: providers };
}
