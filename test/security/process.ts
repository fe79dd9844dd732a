import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('../sandbox/typescript-loader.mjs', import.meta.url).href;
const ENTRY = fileURLToPath(new URL('entry.mjs', import.meta.url));

export interface LoudProcess {
  /** All it has printed so far, on both channels. */
  output(): string;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/** The product in a process of its own, with nothing but the given environment. Resolves when it serves. */
export async function startLoudly(environment: Readonly<Record<string, string>>): Promise<LoudProcess> {
  const { PATH = '', TZ = 'UTC' } = process.env;
  const child = spawn(process.execPath, ['--import', LOADER, ENTRY], {
    env: { PATH, TZ, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const gone = new Promise<void>((proceed) => child.once('exit', () => proceed()));
  for (const channel of [child.stdout, child.stderr])
    channel.on('data', (chunk: Buffer) => printed.push(String(chunk)));
  const output = (): string => printed.join('');
  while (!/^ready /m.test(output())) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${output()}`);
    await new Promise((proceed) => setTimeout(proceed, 50));
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  return { output, stop };
}
