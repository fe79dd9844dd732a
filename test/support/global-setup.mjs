import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder per test run; the first test file that needs PostgreSQL starts the run's cluster in it. */
export default async function setup() {
  process.env.TZ = 'UTC';
  process.env.OPENPOST_TEST_RUN = await mkdtemp(join(tmpdir(), 'openpost-test-'));
  const { chmod } = await import('node:fs/promises');
  await chmod(process.env.OPENPOST_TEST_RUN, 0o755);
}
