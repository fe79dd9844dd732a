import type { BudgetLine, ErrorLine } from './budget-line.js';

const PERIODS: readonly (readonly [seconds: number, words: string])[] = [
  [86_400, 'today'],
  [3_600, 'this hour'],
  [0, 'this minute'],
];

/** PURE. Why a call has to wait, for people. */
export function waitText(source: string, refused: { line: BudgetLine; reserveOnly: boolean }): string {
  const { line, reserveOnly } = refused;
  const period = PERIODS.find(([seconds]) => line.perSeconds >= seconds)?.[1] ?? '';
  const calls = `${source}: the calls of ${period}`;
  return reserveOnly
    ? `${calls} are used up, but for the ${line.reserve} that are kept for people and write-backs.`
    : `${calls} are used up.`;
}

/** PURE. Why an endpoint is left alone, for people. */
export function restText(source: string, { endpoint, stopAt, limit }: ErrorLine, until: Date): string {
  return (
    `${source} refused ${stopAt} calls to ${endpoint} within an hour; at more than ${limit} it would block us. ` +
    `Openpost leaves it alone until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  );
}
