#!/usr/bin/env node
// The door of every command. Builds first when the build is missing or older than the sources.
import { build } from './build.mjs';

const [command, ...rest] = process.argv.slice(2);
await build({ web: command === undefined || command === 'demo' || command === 'start', quiet: true });

const dist = new URL('../dist/', import.meta.url);
const commands = {
  demo: async () => (await import(new URL('sandbox/demo/index.js', dist))).runDemoCommand(rest),
  sandbox: async () => (await import(new URL('sandbox/cli.js', dist))).runSandboxCommand(rest),
};
const run =
  commands[command] ?? (async () => (await import(new URL('src/cli.js', dist))).runCommand(process.argv.slice(2)));

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error.name === 'InputError' ? error.message : (error.stack ?? error));
  process.exitCode = error.name === 'InputError' ? 2 : 1;
}
// Kept-alive sockets of finished work must not hold the process; everything that matters was awaited.
setTimeout(() => process.exit(), 500).unref();
