import { Command, InvalidArgumentError } from 'commander';
import { runConnectorCommand } from './connectors/bench/index.js';
import { installedConnectors } from './connectors/index.js';
import { processIo, runPlanCommand } from './dunning/plan-document/index.js';
import { runLawCommand } from './law/index.js';
import { PROCESS_ROLES, startForCommand, startProcess, type ProcessRole } from './main.js';
import { migrate, startEmbeddedPostgres } from './persistence/index.js';
import { loadSettings } from './settings/index.js';
import { KeyRotation, runSyncCommand } from './sync/index.js';

/** Runs one `openpost` command. Returns the exit code; commands that serve return when a signal ended them. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const [first, second, ...rest] = argv;
  // These have no settings, no database, and their own usage and exit codes.
  if (first === 'dunning' && second === 'plan') return runPlanCommand(rest, processIo);
  if (first === 'law') return runLawCommand(argv.slice(1), process);
  if (first === 'connector') {
    // A reader that has seen enough (`| head`) is no error.
    process.stdout.once('error', () => process.exit(0));
    return runConnectorCommand(argv.slice(1), { ...processIo, connectors: installedConnectors });
  }
  const outcome = { code: 0 };
  const program = createProgram(outcome);
  await program.parseAsync([...argv], { from: 'user' });
  return outcome.code;
}

function createProgram(outcome: { code: number }): Command {
  const program = new Command('openpost')
    .description('Receivables management beside your accounting package')
    .showHelpAfterError();
  program
    .command('start')
    .description('start a process; production runs several roles on several machines')
    .option('--role <role>', `one of ${PROCESS_ROLES.join(', ')}`, readRole, 'all' as ProcessRole)
    .action(async ({ role }: { role: ProcessRole }) => serve(role));
  program
    .command('migrate')
    .description('bring the schema to the newest version')
    .action(async () => migrateNow());
  program
    .command('sync')
    .description('one pull of one administration')
    .requiredOption('--administration <id>', 'the administration, as GET /api/v1/administrations names it')
    .option('--full', 'read everything again instead of what changed')
    .option('--json', 'print one JSON line instead of a progress bar')
    .action(async (options: { administration: string; full?: boolean; json?: boolean }) => {
      outcome.code = await syncNow({
        administrationId: options.administration,
        full: options.full === true,
        json: options.json === true,
      });
    });
  const keys = program.command('keys').description('the keys under which secrets are stored');
  keys
    .command('rotate')
    .description('re-encrypt all secrets under the newest key of OPENPOST_SECRET_KEYS, while everything goes on')
    .action(async () => {
      outcome.code = await rotateKeys();
    });
  addHelpOnlyCommands(program);
  return program;
}

/** Listed so that `openpost --help` is complete; they are dispatched before the program is built. */
function addHelpOnlyCommands(program: Command): void {
  const dunning = program.command('dunning').description('dunning tools');
  dunning.command('plan').description('the pure planner on a document (--input FILE|- [--json])');
  program.command('law').description('the law calculators: costs, interest, term');
  program.command('connector').description('the bench for authors: check, login, record, replay');
  program
    .command('sandbox')
    .description('stand-ins of accounting packages and of a mail server, for trying out and for tests');
  program.command('demo').description('everything in one process with a demo firm (what `npm start` runs)');
}

function readRole(text: string): ProcessRole {
  const role = PROCESS_ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`expected one of ${PROCESS_ROLES.join(', ')}`);
  return role;
}

async function serve(role: ProcessRole): Promise<void> {
  const settings = loadSettings();
  const running = await startProcess({ settings, role, onStage: (text) => console.log(text) });
  console.log(role === 'all' || role === 'api' ? `ready       ${settings.publicUrl}` : `ready       role ${role}`);
  await signalled();
  await running.close();
}

async function migrateNow(): Promise<void> {
  const settings = loadSettings();
  const embedded =
    settings.databaseUrl === null ? await startEmbeddedPostgres({ directory: `${settings.dataDir}/postgres` }) : null;
  try {
    const ran = await migrate(settings.databaseUrl ?? embedded!.url);
    console.log(ran.length === 0 ? 'schema is up to date' : ran.map((name) => `applied ${name}`).join('\n'));
  } finally {
    await embedded?.stop();
  }
}

async function syncNow(request: { administrationId: string; full: boolean; json: boolean }): Promise<number> {
  const running = await startForCommand(loadSettings({ LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error' }));
  try {
    return await runSyncCommand(running.app, request);
  } finally {
    await running.close();
  }
}

async function rotateKeys(): Promise<number> {
  const running = await startForCommand(loadSettings({ LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error' }));
  try {
    const rotation = await running.app.get(KeyRotation).rotate();
    console.log(JSON.stringify(rotation));
    return rotation.left === 0 ? 0 : 1;
  } finally {
    await running.close();
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function signalled(): Promise<void> {
  return new Promise((proceed) => {
    const stop = (): void => {
      process.once('SIGINT', () => process.exit(130));
      proceed();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
