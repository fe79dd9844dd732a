import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles what the workers run, once per test run, so that every file of a run kills the same program. */
export async function buildOnce(): Promise<void> {
  const folder = process.env['OPENPOST_TEST_RUN'];
  if (folder === undefined) throw new Error('run tests through jest, whose global set-up names a folder for the run');
  const [lock, done] = [join(folder, 'build-lock'), join(folder, 'built')];
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  )
    await new Promise((proceed) => setTimeout(proceed, 100));
  try {
    if (existsSync(done)) return;
    const code = `const { build } = await import('./bin/build.mjs'); await build({ web: false })`;
    // The last argument stands where a script's name does; the module looks at it.
    await run(['--input-type=module', '-e', code, 'build']);
    await writeFile(done, '');
  } finally {
    await rmdir(lock);
  }
}

function run(argv: readonly string[]): Promise<void> {
  return new Promise((proceed, fail) => {
    const child = spawn(process.execPath, argv, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? proceed() : fail(new Error(`the build failed:\n${said}`))));
  });
}
