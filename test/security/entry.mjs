// `openpost start` from the sources, for a test that reads everything the process prints.
const { runCommand } = await import('../../src/cli.ts');
process.exitCode = await runCommand(['start']);
