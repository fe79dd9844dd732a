import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const ROOMS = ['src', 'sandbox', 'migrations', 'bench'];

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

async function sources(): Promise<SourceFile[]> {
  const found = await Promise.all(
    ROOMS.map(async (room) => {
      const names = await readdir(room, { recursive: true });
      return names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => join(room, name));
    }),
  );
  return found.flat().map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** Files that hold one long table or one schema change: data, not logic. */
const LONG_DATA = [/^migrations\//, /^sandbox\/.*\/(names|fields|places|streets)/];

describe('the style of the house', () => {
  let files: SourceFile[];
  beforeAll(async () => {
    files = await sources();
  });

  const offenders = (test: (file: SourceFile) => boolean): string[] => files.filter(test).map((file) => file.path);

  it('keeps files at 300 lines or fewer', () => {
    const long = offenders(
      ({ path, text }) => text.split('\n').length > 301 && !LONG_DATA.some((pattern) => pattern.test(path)),
    );
    expect(long).toEqual([]);
  });

  it('has no `any`, no default export, no module-level `let`', () => {
    expect(offenders(({ text }) => /:\s*any\b|\bas any\b|<any>/.test(text))).toEqual([]);
    expect(offenders(({ text }) => /^export default\b/m.test(text))).toEqual([]);
    expect(offenders(({ text }) => /^(export )?let\b/m.test(text))).toEqual([]);
  });

  it('leaves nothing for later', () => {
    expect(offenders(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot implemented/.test(text))).toEqual([]);
  });

  it('reads the environment in settings only, and in the doors that start a process', () => {
    const doors = /^src\/(settings|cli\.ts|main\.ts|persistence\/embedded-postgres)|^(sandbox|bench)\//;
    expect(offenders(({ path, text }) => text.includes('process.env') && !doors.test(path))).toEqual([]);
  });

  it('keeps Nest in files whose name says so', () => {
    const roles =
      /\.(module|controller|processor|guard|service|repository|client|filter|interceptor|decorator|entity|pipe|dto)\.ts$/;
    const doors = /^(src\/(app\.setup|main|logger|cli)\.ts|sandbox\/demo\/)/;
    expect(
      offenders(({ path, text }) => /from '@nestjs\//.test(text) && !roles.test(path) && !doors.test(path)),
    ).toEqual([]);
  });

  it('lets only these files see more than one firm', () => {
    const allowed = /(auth\.repository|outbox\.repository|health\.service|unit-of-work\.service)\.ts$|^src\/sync\//;
    expect(
      offenders(({ path, text }) => path.startsWith('src/') && text.includes('acrossFirms(') && !allowed.test(path)),
    ).toEqual([]);
  });

  it('never counts money in floats', () => {
    const exempt = /^(src\/kernel\/money\.ts|sandbox\/|bench\/)/;
    expect(offenders(({ path, text }) => /parseFloat\(/.test(text) && !exempt.test(path))).toEqual([]);
  });
});
