import { dependencyRules } from './test/architecture/import-table.mjs';

/** The import table of docs/architecture.md, as dependency-cruiser reads it. */
export default {
  forbidden: dependencyRules(),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|web|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'], mainFields: ['module', 'main'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
