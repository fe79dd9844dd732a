import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { LogLevel } from './settings/index.js';

/** Fields that never reach a log, wherever they stand in what is logged. */
const SECRET_PATHS = [
  'accessToken',
  'refreshToken',
  'password',
  'clientSecret',
  'authorization',
  'cookie',
  'code',
  'state',
];

/** Nest's logger on pino: one JSON line per entry, secrets blanked. */
export function createLogger(level: LogLevel): LoggerService {
  const logger = pino({
    level,
    base: null,
    redact: { paths: SECRET_PATHS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
  });
  const write =
    (method: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) =>
      emit(logger, method, [message, ...rest]);
  return {
    log: write('info'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}

/** Nest passes the context (a class name) last, and for errors a stack before it. */
function emit(
  logger: Logger,
  method: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal',
  parts: readonly unknown[],
): void {
  const [message, ...rest] = parts;
  const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
  const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
  const fields = { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
  if (message instanceof Error) logger[method]({ ...fields, err: message }, message.message);
  else if (typeof message === 'object' && message !== null) logger[method]({ ...fields, ...message });
  else logger[method](fields, String(message));
}
