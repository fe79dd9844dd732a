import { spawn } from 'node:child_process';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles what the workers run when sources are newer; two test files that ask at once build one after the other. */
export async function buildOnce(): Promise<void> {
  const lock = join(process.env['OPENPOST_TEST_RUN'] ?? ROOT, 'build-lock');
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  )
    await new Promise((proceed) => setTimeout(proceed, 100));
  try {
    const code = `const { build } = await import('./bin/build.mjs'); await build({ web: false })`;
    // The last argument stands where a script's name does; the module looks at it.
    await run(['--input-type=module', '-e', code, 'build']);
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
