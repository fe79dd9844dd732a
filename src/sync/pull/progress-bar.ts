import type { SyncView } from './sync-view.js';

const WIDTH = 30;

/** PURE. One line of text: how far, how fast, how long still. */
export function progressLine({ progress, state }: SyncView): string {
  const { done, total, ratePerSecond, secondsLeft } = progress;
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·');
  const count = total === null ? `${done} records` : `${done} of ${total} records`;
  const left = secondsLeft === null || secondsLeft === 0 ? '' : `, ${secondsLeft} s left`;
  return `${bar} ${count}, ${ratePerSecond}/s${left} (${state})`;
}
