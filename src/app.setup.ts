import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadRequestException, RequestMethod, ValidationPipe, type ValidationError } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import cookieParser from 'cookie-parser';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import {
  documentCheckedFields,
  IdempotencyInterceptor,
  notFound,
  Problem,
  ProblemFilter,
  sendProblem,
  StorableTextPipe,
} from './http/index.js';

const OUTSIDE_PREFIX = ['health/live', 'health/ready', 'metrics', 'oauth/callback', 'api/v1/oauth/callback'];

/**
 * Everything between a socket and a controller, the same in the product and in its tests. Signals are not Nest's here: the
 * door that started the process ends it in order, and Nest would end it by the signal itself.
 */
export function configureApp(app: NestExpressApplication): void {
  app.set('trust proxy', 'loopback');
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY }, strictTransportSecurity: false }));
  app.use('/api/v1/auth/login', limitPerMinute(20));
  app.use('/api', limitPerMinute(3_000));
  app.use('/api/v1', neverCached);
  app.use(cookieParser());
  app.use('/api/v1/webhooks', express.raw({ type: () => true, limit: HINT_LIMIT }));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.setGlobalPrefix('api/v1', { exclude: OUTSIDE_PREFIX.map((path) => ({ path, method: RequestMethod.GET })) });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(
    new StorableTextPipe(),
    new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true, exceptionFactory: toIssues }),
  );
  app.useGlobalInterceptors(app.get(IdempotencyInterceptor));
}

/** All texts of an administration in every language, each as long as it may be, and then some. */
const BODY_LIMIT = '2mb';

/** A source's hint is a few hundred bytes; it is read as bytes, because its signature is over bytes. */
const HINT_LIMIT = '64kb';

/** A firm's figures stay in no cache: neither a proxy's nor that of a shared computer's browser. */
function neverCached(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Requests per address and minute; guessing passwords gets the tight one. */
function limitPerMinute(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (request, response) => {
      const problem = new Problem(
        429,
        'TOO_MANY_REQUESTS',
        `At most ${limit} requests per minute; try again in a minute.`,
      );
      sendProblem(request, response, problem);
    },
  });
}

/** No third party; inline styles only, because messages are previewed in sandboxed frames that carry theirs. */
const CONTENT_SECURITY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'https:'],
  frameSrc: ["'self'"],
  connectSrc: ["'self'"],
  frameAncestors: ["'self'"],
  upgradeInsecureRequests: null,
};

/** class-validator's tree as one list of fields, each with its path and what was expected. */
function toIssues(errors: ValidationError[]): BadRequestException {
  return new BadRequestException({ issues: flatten(errors, '') });
}

function flatten(errors: readonly ValidationError[], parent: string): { path: string; expected: string }[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((text) => ({
      path,
      expected: text.replace(`${error.property} must be `, ''),
    }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

/** The API's own description: `/api/openapi.json`, with an explorer at `/api/docs`. */
export function serveApiDocs(app: NestExpressApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Openpost')
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('openpost_session')
    .build();
  documentCheckedFields();
  const document = SwaggerModule.createDocument(app, config);
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
}

/** The admin UI as it was built; every path that is not the API's is one of its pages. */
export function serveWebUi(app: NestExpressApplication): void {
  const folder = webFolder();
  if (folder === null) return;
  app.use(express.static(folder, { index: false, maxAge: '1h' }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage =
      request.method === 'GET' &&
      request.accepts('html') !== false &&
      !/^\/(api|health|metrics|oauth)(\/|$)/.test(request.path);
    // With a root, because a folder above us may have a name with a dot in front, which would hide the file.
    if (isPage) response.sendFile('index.html', { root: folder });
    else next();
  });
}

/** After everything else: what nobody serves is a problem document, also outside the API's prefix. */
export function refuseUnknownRoutes(app: NestExpressApplication): void {
  app.use((request: Request, response: Response) => sendProblem(request, response, notFound(request.path)));
}

function webFolder(): string | null {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const found = ['../../web/dist', '../web/dist']
    .map((path) => join(here, path))
    .find((path) => existsSync(join(path, 'index.html')));
  return found ?? null;
}
