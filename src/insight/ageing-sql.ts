import { AGEING_BUCKETS, type AgeingColumn } from './domain/index.js';

/** SQL that names the ageing column of an open item `r`; `today` is an SQL expression. The same table as `ageingColumnOf`. */
export function ageingColumnSql(today: string): string {
  const cases = AGEING_BUCKETS.map(({ bucket, to }) =>
    to === null ? `else '${bucket}'` : `when ${today} - r.due_date <= ${to} then '${bucket}'`,
  );
  return `case when r.open_amount < 0 then '${'credits' satisfies AgeingColumn}' ${cases.join(' ')} end`;
}

/** What counts as open everywhere: something is left of it and the ledger still has it. */
export const OPEN_ITEM = `r.open_amount <> 0 and r.deleted_at is null`;
