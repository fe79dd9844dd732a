// A process of the product as `openpost start` runs it, without the door's look at the build: the tests built before.
import { runCommand } from '../../../dist/src/cli.js';

process.exitCode = await runCommand(['start', '--role', process.argv[2] ?? 'all']);
