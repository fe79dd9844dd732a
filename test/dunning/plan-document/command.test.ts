import { PLAN_USAGE, runPlanCommand, type CommandIo, type PlanJson } from '../../../src/dunning/plan-document/index.js';
import { documentOf, invoice } from '../domain/planner-document.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command on files and a standard input of text; its readers are slower than it is. */
async function run(argv: readonly string[], files: Record<string, string> = {}): Promise<Ran> {
  const written = { out: '', err: '' };
  const io: CommandIo = {
    readFile: async (path) => files[path] ?? Promise.reject(new Error(`ENOENT: no such file, open '${path}'`)),
    readStdin: async () => files['-'] ?? '',
    out: (text) => later(() => (written.out += text)),
    err: (text) => later(() => (written.err += text)),
  };
  return { code: await runPlanCommand(argv, io), ...written };
}

function later(write: () => void): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      write();
      resolve();
    });
  });
}

const document = JSON.stringify(documentOf());

describe('openpost dunning plan', () => {
  it('prints the plan as JSON, from a file and from standard input alike', async () => {
    const fromFile = await run(['--input', 'plan.json', '--json'], { 'plan.json': document });
    expect(fromFile).toMatchObject({ code: 0, err: '' });
    expect((JSON.parse(fromFile.out) as PlanJson).messages).toMatchObject([
      { level: 1, receivables: ['R1'], total: '100.00' },
    ]);
    expect(await run(['--input', '-', '--json'], { '-': `\uFEFF${document}` })).toEqual(fromFile);
  });

  it('prints any number of rows as one JSON document, a line each', async () => {
    const receivables = Array.from({ length: 2500 }, (_, index) => invoice(`R${index}`));
    const { out } = await run(['--input', '-', '--json'], { '-': JSON.stringify(documentOf({ receivables })) });
    const { decisions, messages } = JSON.parse(out) as PlanJson;
    expect(decisions.map(({ receivable }) => receivable)).toEqual(receivables.map(({ id }) => id));
    expect(messages).toMatchObject([{ total: '250000.00' }]);
    expect(out.trimEnd().split('\n')).toHaveLength(2 + 2500 + 1 + 1);
    const empty = await run(['--input', '-', '--json'], { '-': JSON.stringify(documentOf({ receivables: [] })) });
    expect(JSON.parse(empty.out)).toEqual({ asOf: '2026-10-11', decisions: [], messages: [] });
  });

  it('prints a table for people', async () => {
    const { code, out } = await run(['--input', '-'], { '-': document });
    expect(code).toBe(0);
    expect(out).toContain('Plan for 2026-10-11: 1 of 1 receivables take a step, 1 messages.');
    expect(out).toMatch(/^R1 +D1 +EUR 100\.00 +take +1 +email +- +STEP_DUE/m);
    expect(out).toMatch(/^D1 +1 +email +EUR +100\.00 +0\.00 +0\.00 +R1$/m);
  });

  it('an invalid document: exit 2, path and expectation on stderr, nothing on stdout', async () => {
    const invalid = JSON.stringify(documentOf({ receivables: [invoice('R1', { dueDate: '2026-13-01' })] }));
    expect(await run(['--input', '-', '--json'], { '-': invalid })).toEqual({
      code: 2,
      out: '',
      err: '$.receivables[0].dueDate: expected a calendar date YYYY-MM-DD, got "2026-13-01"\n',
    });
  });

  it('many issues are counted, not poured out', async () => {
    const receivables = Array.from({ length: 50 }, (_, index) => invoice(`R${index}`, { kind: 'bill' }));
    const { code, err } = await run(['--input', '-'], { '-': JSON.stringify(documentOf({ receivables })) });
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(21);
    expect(err).toContain('… and 30 more');
  });

  it.each([
    ['text that is no JSON', ['--input', '-'], '$: expected a JSON document'],
    ['a file that is not there', ['--input', 'gone.json'], '--input: expected a file that can be read: ENOENT'],
    ['no input', [], PLAN_USAGE],
    ['an unknown flag', ['--input', '-', '--jsno'], PLAN_USAGE],
    ['a stray word', ['plan.json'], PLAN_USAGE],
  ])('%s: exit 2', async (_, argv, expected) => {
    const { code, out, err } = await run(argv, { '-': '{' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
  });
});
