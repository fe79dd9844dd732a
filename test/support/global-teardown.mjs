import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Stops the run's cluster, if a test started it, and removes its files. */
export default async function teardown() {
  const run = process.env.OPENPOST_TEST_RUN;
  const pid = Number(
    (await readFile(join(run, 'database/cluster/postmaster.pid'), 'utf8').catch(() => '0')).split('\n')[0],
  );
  if (pid > 0) {
    process.kill(pid, 'SIGINT');
    for (let attempt = 0; attempt < 200 && alive(pid); attempt += 1)
      await new Promise((proceed) => setTimeout(proceed, 25));
  }
  await rm(run, { recursive: true, force: true });
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
