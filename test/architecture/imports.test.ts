import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { dependencyRules } from './import-table.mjs';

describe('the house: who may import whom', () => {
  it('has no arrow that the import table forbids', async () => {
    const result = await cruise(
      ['src'],
      {
        ruleSet: { forbidden: dependencyRules() as never },
        validate: true,
        doNotFollow: { path: 'node_modules' },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: 'tsconfig.json' },
        enhancedResolveOptions: {
          extensions: ['.ts', '.js', '.mjs'],
          exportsFields: ['exports'],
          conditionNames: ['import', 'node', 'default'],
        },
      },
      {},
      { tsConfig: extractTSConfig('tsconfig.json') },
    );
    if (typeof result.output === 'string') throw new Error(result.output);
    const { violations, totalCruised } = result.output.summary;
    expect(totalCruised).toBeGreaterThan(150);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  }, 120_000);
});
