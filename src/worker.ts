import { loadSettings } from './settings/index.js';
import { startProcess, type RunningProcess } from './main.js';

/** The worker's door: jobs, no HTTP. Production runs as many of these as it needs. */
export function startWorker(): Promise<RunningProcess> {
  return startProcess({ settings: loadSettings(), role: 'worker' });
}
