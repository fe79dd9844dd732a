import { parseArgs } from 'node:util';
import { planRun } from '../domain/index.js';
import { InputError } from '../../kernel/index.js';
import { InvalidJson } from '../domain/index.js';
import type { CommandIo } from './command-io.js';
import { parsePlanDocument } from './parse-plan-document.js';
import { processIo } from './process-io.js';
import { toPlanTable } from './plan-table.js';
import { planJsonText, toPlanJson } from './to-plan-json.js';

export const PLAN_USAGE = 'openpost dunning plan --input FILE|- [--json]';
const EXIT_OK = 0;
const EXIT_INVALID_INPUT = 2;
/** Enough to mend a document by; a document of another kind entirely would fill the screen. */
const MOST_ISSUES_SHOWN = 20;

/**
 * `openpost dunning plan`: the pure planner on a document. Writes nothing to stdout unless the whole input is valid.
 * @returns the exit code: 0, or 2 for invalid input (path and expectation on stderr)
 */
export async function runPlanCommand(argv: readonly string[], io: CommandIo = processIo): Promise<number> {
  try {
    const { input, json } = readArguments(argv);
    const plan = planRun(parsePlanDocument(parseJson(await readText(input, io))));
    for (const text of json ? planJsonText(plan) : [toPlanTable(toPlanJson(plan))]) await io.out(text);
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await io.err(describe(error));
    return EXIT_INVALID_INPUT;
  }
}

function readArguments(argv: readonly string[]): { input: string; json: boolean } {
  const options = { input: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
  const usage = (): InputError => new InputError('arguments', PLAN_USAGE);
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
    if (values.input === undefined || values.input === '') throw usage();
    return { input: values.input, json: values.json };
  } catch {
    throw usage();
  }
}

async function readText(input: string, io: CommandIo): Promise<string> {
  if (input === '-') return io.readStdin();
  try {
    return await io.readFile(input);
  } catch (error) {
    throw new InputError(
      '--input',
      `a file that can be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new InputError('$', `a JSON document: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describe(error: InputError): string {
  if (!(error instanceof InvalidJson)) return `${error.message}\n`;
  const shown = error.issues.slice(0, MOST_ISSUES_SHOWN).map(({ path, expected }) => `${path}: expected ${expected}`);
  const left = error.issues.length - shown.length;
  return `${[...shown, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n')}\n`;
}
