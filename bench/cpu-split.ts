import { readdirSync, readFileSync } from 'node:fs';

/** Processor seconds that each side has used so far. They share the machine's cores, so a figure needs its split. */
export interface CpuSplit {
  readonly openpost: number;
  readonly sandbox: number;
  readonly database: number;
}

/** Linux counts in ticks of a hundredth of a second, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface MeasuredProcesses {
  readonly sandboxPid: number;
  readonly postmasterPid: number;
}

/** The parent of a process: of a PostgreSQL backend that is its postmaster. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)?.[1]);
}

/** Reads /proc; elsewhere than on Linux it throws ENOENT. */
export function cpuSplit({ sandboxPid, postmasterPid }: MeasuredProcesses): CpuSplit {
  const own = process.cpuUsage();
  return {
    openpost: (own.user + own.system) / 1e6,
    sandbox: ticksOf(sandboxPid).own / TICKS_PER_SECOND,
    database: databaseTicks(postmasterPid) / TICKS_PER_SECOND,
  };
}

/** What was used between two readings, in hundredths of a second. */
export function cpuBetween(before: CpuSplit, after: CpuSplit): CpuSplit {
  const since = (key: keyof CpuSplit): number => Math.round((after[key] - before[key]) * 100) / 100;
  return { openpost: since('openpost'), sandbox: since('sandbox'), database: since('database') };
}

/** The postmaster, what its ended children used, and its living children. */
function databaseTicks(postmaster: number): number {
  const { own, ended } = ticksOf(postmaster);
  return livingChildren(postmaster).reduce((sum, pid) => sum + ticksOf(pid).own, own + ended);
}

function livingChildren(parent: number): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => statOf(pid)?.[1] === String(parent));
}

function ticksOf(pid: number): { own: number; ended: number } {
  const stat = statOf(pid);
  const at = (index: number): number => Number(stat?.[index] ?? 0);
  return { own: at(11) + at(12), ended: at(13) + at(14) };
}

/** The fields of /proc/PID/stat after the name; null for a process that has just ended. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
