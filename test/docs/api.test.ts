import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, tableRows } from './tables.js';

/** What the page says in a sentence instead of in its table. */
const OUTSIDE = ['GET /oauth/callback', 'GET /api/v1/oauth/callback', 'GET /health/live', 'GET /health/ready', 'GET /metrics']; // prettier-ignore

const VERBS: Readonly<Record<string, string>> = { Sse: 'GET' };

/** Every route of the controllers with its role, read from their decorators. */
function routes(): string[] {
  const controllers = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.controller.ts'),
  );
  return controllers.flatMap((name) => {
    const classes = readFileSync(join('src', name), 'utf8')
      .split(/^@Controller/m)
      .slice(1);
    return classes.flatMap((text) => {
      const prefixes = strings(/^\(([^)]*)\)/.exec(text)![1]!);
      return [...text.matchAll(/@(Get|Post|Put|Patch|Delete|Sse)\(([^)]*)\)([\s\S]*?)\n {2}(?:async )?\w+\(/g)].flatMap(
        ([, verb, path, marks]) => {
          const role = /@Requires\('(\w+)'\)/.exec(marks!)?.[1] ?? (marks!.includes('@Public()') ? 'public' : 'nobody');
          return prefixes.map((prefix) => {
            const address = [prefix, ...strings(path!)].filter((part) => part !== '').join('/');
            return `${VERBS[verb!] ?? verb!.toUpperCase()} /${address} ${role}`;
          });
        },
      );
    });
  });
}

function strings(list: string): string[] {
  const found = [...list.matchAll(/'([^']*)'/g)].map(([, text]) => text!);
  return found.length === 0 ? [''] : found;
}

describe('docs/api.md', () => {
  it('names every route with its role, and none that does not exist', () => {
    const said = tableRows('docs/api.md', '## Resources').flatMap(([route, role]) => {
      const code = codeOf(route);
      return code === null ? [] : [`${code} ${role}`];
    });
    const built = routes().filter((route) => !OUTSIDE.some((outside) => route.startsWith(`${outside} `)));
    expect(built.length).toBeGreaterThan(30);
    expect(said.sort()).toEqual(built.sort());
  });
});
