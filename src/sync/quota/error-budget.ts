import type { ErrorLine } from './budget-line.js';

/**
 * PURE. Until when an endpoint is left alone, so that its errors never reach the number at which the source blocks the
 * whole app; null: it may be asked. `errors` in ms.
 */
export function restUntil(
  errors: readonly number[],
  { stopAt, perSeconds }: Pick<ErrorLine, 'stopAt' | 'perSeconds'>,
  now: number,
): number | null {
  const length = perSeconds * 1_000;
  const recent = errors.filter((at) => at > now - length).sort((a, b) => a - b);
  const last = recent[recent.length - stopAt];
  return last === undefined ? null : last + length;
}
