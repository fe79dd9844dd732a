#!/usr/bin/env node
// Compiles server and web UI when their sources are newer than the last build. `--force` always builds.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export async function build({ server = true, web = true, force = false, quiet = false } = {}) {
  const parts = [];
  if (
    server &&
    (force || isStale('dist/.built', ['src', 'migrations', 'sandbox', 'bench', 'tsconfig.json', 'tsconfig.build.json']))
  )
    parts.push(step('server', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], 'dist/.built', quiet));
  if (web && (force || isStale('web/dist/.built', ['web/src', 'web/index.html', 'web/vite.config.ts', 'web/public'])))
    parts.push(
      step('web UI', ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'], 'web/dist/.built', quiet),
    );
  await Promise.all(parts);
}

function isStale(stamp, sources) {
  const file = join(root, stamp);
  if (!existsSync(file)) return true;
  const built = statSync(file).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > built);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function step(name, argv, stamp, quiet) {
  const started = Date.now();
  if (quiet) console.error(`building the ${name} …`);
  return new Promise((proceed, fail) => {
    const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 2, 2] });
    child.once('error', fail);
    child.once('exit', (code) => {
      if (code !== 0) return fail(new Error(`the ${name} did not build (exit ${code})`));
      mkdirSync(dirname(join(root, stamp)), { recursive: true });
      writeFileSync(join(root, stamp), `${Date.now()}\n`);
      console.error(`built the ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
      proceed();
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
