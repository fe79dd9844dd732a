import type { Transaction } from './unit-of-work.service.js';

/** Runs one statement and gives its rows. TypeORM answers UPDATE and DELETE with `[rows, count]`; this evens that out. */
export async function rowsOf<Row>(
  transaction: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const answer = (await transaction.query(sql, [...parameters])) as Row[] | [Row[], number];
  return isPair(answer) ? answer[0] : answer;
}

/** The first row, or null. */
export async function rowOf<Row>(
  transaction: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row | null> {
  return (await rowsOf<Row>(transaction, sql, parameters))[0] ?? null;
}

/** How many rows an UPDATE or DELETE touched: 0 means that somebody else was first. */
export async function countOf(
  transaction: Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  const answer = (await transaction.query(sql, [...parameters])) as [unknown[], number];
  return answer[1];
}

function isPair<Row>(answer: Row[] | [Row[], number]): answer is [Row[], number] {
  return answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number';
}

/** PURE. Whether the database turned a row down because a constraint of uniqueness has one like it already. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
