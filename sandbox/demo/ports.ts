import { createServer } from 'node:net';

/** The wished port when it is free, otherwise 0: the system chooses. */
export function portOrFree(wished: number): Promise<number> {
  if (wished === 0) return Promise.resolve(0);
  return new Promise((proceed) => {
    const probe = createServer();
    probe.once('error', () => proceed(0));
    probe.listen(wished, '127.0.0.1', () => probe.close(() => proceed(wished)));
  });
}
