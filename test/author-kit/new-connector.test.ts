import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PARTS = ['bin', 'src', 'sandbox', 'migrations', 'bench', 'test', 'docs', 'tsconfig.json', 'jest.config.mjs', 'package.json', '.env.example', '.prettierrc.json', '.oxlintrc.json']; // prettier-ignore

/** A copy of the tree in which a connector can be made for real. */
function copyOfTheTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'new-connector-'));
  for (const part of PARTS) cpSync(part, join(root, part), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  return root;
}

function run(root: string, ...argv: string[]): { status: number | null; text: string } {
  const env = { ...process.env, NODE_OPTIONS: '--no-warnings' };
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, env, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}

/** Every file below the root but the libraries, with its size and time. */
function everything(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('node_modules'))
    .map((path) => [path, statSync(join(root, path))] as const)
    .map(([path, stat]) => `${path} ${stat.isFile() ? `${stat.size} ${stat.mtimeMs}` : ''}`);
}

/** What the compiler says about the new files and about those that were changed for them. */
function errorsOf(root: string): string[] {
  const { text } = run(root, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json');
  const ours = /silver-books|src\/connectors\/index|src\/settings|sandbox\/(cli|index)\.ts/i;
  return text.split('\n').filter((line) => /^\S/.test(line) && ours.test(line));
}

describe('npm run new-connector', () => {
  let root: string;
  beforeAll(() => {
    root = copyOfTheTree();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const make = (...names: string[]) => run(root, 'bin/new-connector.mjs', ...names);

  it.each([
    [[], /a name is missing/],
    [['SilverBooks'], /lower-case words with hyphens.*"SilverBooks"/],
    [['../silver'], /lower-case words/],
    [['silver', 'books'], /one name, got 2/],
    [['a'.repeat(41)], /at most 40 characters/],
    [['transport'], /meaning of its own/],
    [['smtp'], /meaning of its own/],
    [['exact-online'], /taken: src.connectors.exact-online is there already/],
  ])('refuses %j and writes nothing', (names, words) => {
    const before = everything(root);
    const { status, text } = make(...names);
    expect(status).toBe(2);
    expect(text).toMatch(words);
    expect(text).toMatch(/Nothing was written\.\n$/);
    expect(everything(root)).toEqual(before);
  });

  it('refuses when a list that it adds to is not found, and writes nothing', () => {
    const list = join(root, 'src/connectors/index.ts');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace('  ];', '  ].slice();'));
    const before = everything(root);
    expect(make('silver-books')).toMatchObject({ status: 2, text: expect.stringContaining('src/connectors/index.ts has changed shape') }); // prettier-ignore
    expect(everything(root)).toEqual(before);
    writeFileSync(list, text);
  });

  it('makes a connector that compiles, is in style, and passes the contract suite against its stand-in', () => {
    expect(make('silver-books')).toMatchObject({ status: 0, text: expect.stringContaining('Silver Books') });
    expect(readFileSync(join(root, 'test/contract/silver-books.test.ts'), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(15); // prettier-ignore
    const made = ['src/connectors', 'sandbox/silver-books', 'sandbox/cli.ts', 'test/contract/silver-books.test.ts', 'src/settings']; // prettier-ignore
    expect(errorsOf(root)).toEqual([]);
    expect(run(root, 'node_modules/oxlint/bin/oxlint', '--deny-warnings', ...made)).toMatchObject({ status: 0 });
    expect(run(root, 'node_modules/prettier/bin/prettier.cjs', '--check', ...made)).toMatchObject({ status: 0 });
    // No database is needed here, so the run needs none of the set-up either.
    writeFileSync(join(root, 'jest.kit.mjs'), `import base from './jest.config.mjs';\nconst { globalSetup, globalTeardown, ...kit } = base;\nexport default kit;\n`); // prettier-ignore
    const suites = ['test/contract/silver-books', 'test/architecture', 'test/docs/env-example', 'test/settings'];
    const ran = run(root, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '-c', 'jest.kit.mjs', '-w', '1', ...suites); // prettier-ignore
    expect(ran.text).toMatch(/PASS test\/contract\/silver-books\.test\.ts/);
    expect(ran.status === 0 ? '' : ran.text).toBe('');
    expect(Number(/Tests: .*?(\d+) passed/.exec(ran.text)?.[1])).toBeGreaterThan(60);
    expect(make('silver-books')).toMatchObject({ status: 2, text: expect.stringContaining('is taken') });
    // A second one finds its places as well.
    expect(make('gold')).toMatchObject({ status: 0 });
    const settings = readFileSync(join(root, 'src/settings/environment.ts'), 'utf8');
    expect(settings).toMatch(
      /'silver-books': plainConnector\(.*\),\n\s+'?gold'?: plainConnector\(environment, 'GOLD'\)/,
    );
  }, 400_000);
});
