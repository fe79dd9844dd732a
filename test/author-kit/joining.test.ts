import { readdirSync, readFileSync } from 'node:fs';
import { installedConnectors } from '../../src/connectors/index.js';

const suites = readdirSync('test/contract')
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => [name, readFileSync(`test/contract/${name}`, 'utf8')] as const)
  .filter(([, text]) => text.includes('describeConnector('));

describe('the contract suite', () => {
  it.each(suites)('is joined by %s in 15 lines or fewer, imports aside', (_name, text) => {
    const lines = text.replaceAll(/^import [^;]*;\n/gm, '').split('\n').filter((line) => line.trim() !== ''); // prettier-ignore
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  it('is joined by every connector that there is', () => {
    const joined = suites.map(([, text]) => /src\/connectors\/([a-z-]+)\/index\.js/.exec(text)?.[1]);
    expect(installedConnectors({}).map(({ declaration }) => declaration.id).filter((id) => !joined.includes(id))).toEqual([]); // prettier-ignore
  });
});
