// Where a connector has to be known besides its own folder. Each change finds the end of a list and adds a line to it; a
// change that does not find its list answers null.

/** `text` with `added` before (`at` 0) or behind (`at` 1) what the pattern finds. */
function beside(text, pattern, { added, at }) {
  const found = pattern.exec(text);
  if (found === null) return null;
  const place = found.index + (at === 0 ? 0 : found[0].length);
  return text.slice(0, place) + added + text.slice(place);
}

const before = (pattern, added) => (text) => text && beside(text, pattern, { added, at: 0 });
const behind = (pattern, added) => (text) => text && beside(text, pattern, { added, at: 1 });
const all =
  (...changes) =>
  (text) =>
    changes.reduce((left, change) => change(left), text);

const IMPORTS = /^(?:import [^;]*;\n)+/m;

export function registrations({ kebab, pascal, title, upper }) {
  const create = `create${pascal}Sandbox`;
  return [
    {
      path: 'src/connectors/index.ts',
      change: all(
        behind(IMPORTS, `import { create${pascal} } from './${kebab}/index.js';\n`),
        before(/^ {2}\];$/m, `    create${pascal}(),\n`),
      ),
    },
    {
      path: 'src/settings/environment.ts',
      change: all(
        before(
          /(?<=^class Environment \{\n(?: .*\n)*)\}$/m,
          `  @IsOptional() @Matches(SAFE_URL, safeUrl) ${upper}_BASE_URL = 'https://api.${kebab}.example';
  @IsOptional() @IsString() ${upper}_CLIENT_ID?: string;
  @IsOptional() @IsString() ${upper}_CLIENT_SECRET?: string;\n`,
        ),
        before(
          /(?<=^ {4}connectors: \{\n(?: {6}.*\n)*) {4}\},$/m,
          `      '${kebab}': plainConnector(environment, '${upper}'),\n`,
        ),
      ),
    },
    {
      path: '.env.example',
      change: (text) => `${text.trimEnd()}

# ${title}: address of its API and login (https://api.${kebab}.example).
# ${upper}_BASE_URL=
# ${title}: client id of your app; give id and secret together.
# ${upper}_CLIENT_ID=
# ${title}: client secret of your app.
# ${upper}_CLIENT_SECRET=\n`,
    },
    {
      path: 'docs/operators.md',
      change: behind(
        /(?<=^## Settings\n(?:(?!## ).*\n)*)(?:\| `[A-Z_]+` .*\n)+/m,
        `| \`${upper}_BASE_URL\` | address of ${title}'s API and login | \`https://api.${kebab}.example\` | http, except on localhost |
| \`${upper}_CLIENT_ID\` | client id of your app | none: ${title} cannot be connected | an id without a secret |
| \`${upper}_CLIENT_SECRET\` | client secret of your app | none | a secret without an id |\n`,
      ),
    },
    {
      path: 'sandbox/index.ts',
      change: (text) => `${text.trimEnd()}\nexport * from './${kebab}/index.js';\n`,
    },
    {
      path: 'sandbox/cli.ts',
      change: all(
        behind(IMPORTS, `import { ${create} } from './${kebab}/index.js';\n`),
        before(/^ {2}smtp: startSmtpAlone,$/m, `  '${kebab}': start${pascal},\n`),
        before(
          /^function toBookOptions\(/m,
          `async function start${pascal}(options: SandboxOptions): Promise<Running> {
  const books = [await createBook(toBookOptions(options))];
  const sandbox = await ${create}({ port: options.port, books, clock: systemClock });
  const { baseUrl, clientId, clientSecret, users } = sandbox;
  const administrations = books.map(({ code, name }) => ({ id: String(code), name }));
  const facts = { sandbox: '${kebab}', baseUrl, clientId, clientSecret, users, administrations };
  return { facts, close: () => sandbox.close() };
}\n\n`,
        ),
      ),
    },
  ];
}
