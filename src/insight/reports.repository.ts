import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/index.js';
import { getBooks } from '../ledger/index.js';
import { UnitOfWork } from '../persistence/index.js';
import { toAgeingReport, type AgeingReport, type AgeingRow } from './ageing-report.js';
import { ageingColumnSql, OPEN_ITEM } from './ageing-sql.js';
import { AGEING_COLUMNS } from './domain/index.js';
import { COUNTBACK_MONTHS, toDsoReport, type DsoReport, type DsoRow } from './dso-report.js';

/** Reports over the receivables of one administration, as of today in its own time zone. */
@Injectable()
export class ReportsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Per debtor and currency, the largest debt first. @throws Problem 404 */
  async ageing(firmId: string, administrationId: string): Promise<AgeingReport> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { today } = await getBooks(transaction, this.clock, administrationId);
      const rows = (await transaction.query(AGEING, [administrationId, today])) as AgeingRow[];
      return toAgeingReport(rows, today);
    });
  }

  /** Per currency. @throws Problem 404 */
  async dso(firmId: string, administrationId: string): Promise<DsoReport> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const { today } = await getBooks(transaction, this.clock, administrationId);
      const rows = (await transaction.query(DSO, [administrationId, today])) as DsoRow[];
      return toDsoReport(rows, today);
    });
  }
}

/** Each column of the ageing as one field of `columns`. */
const COLUMN_SUMS = AGEING_COLUMNS.map(
  (column) => `'${column}', (sum(i.open_amount) filter (where i.column = '${column}'))::text`,
).join(', ');

const AGEING = `
select i.debtor_id, d.code as debtor_code, d.name as debtor_name, i.currency, json_build_object(${COLUMN_SUMS}) as columns
  from (select r.debtor_id, r.currency, r.open_amount, ${ageingColumnSql('$2::date')} as column
          from receivable r where r.administration_id = $1 and ${OPEN_ITEM}) i
  join debtor d on d.id = i.debtor_id
 group by i.debtor_id, d.id, i.currency
 order by i.currency, sum(i.open_amount) desc, i.debtor_id`;

/** Credit sales: invoices less credit notes, by invoice date. */
const SOLD = `r.kind <> 'payment' and r.invoice_date <= $2::date`;

const DSO = `
with monthly as (
  select r.currency, date_trunc('month', r.invoice_date::timestamp) as month, sum(r.amount) as sales
    from receivable r
   where r.administration_id = $1 and r.deleted_at is null and ${SOLD}
     and r.invoice_date >= (date_trunc('month', $2::timestamp) - interval '${COUNTBACK_MONTHS} months')::date
   group by 1, 2
), figures as (
  select r.currency, coalesce(sum(r.open_amount), 0) as receivables,
         coalesce(sum(r.open_amount) filter (where r.due_date >= $2::date), 0) as not_due,
         coalesce(sum(r.amount) filter (where ${SOLD} and r.invoice_date > $2::date - 365), 0) as sales_365,
         coalesce(sum(r.amount) filter (where ${SOLD} and r.invoice_date > $2::date - 90), 0) as sales_90
    from receivable r where r.administration_id = $1 and r.deleted_at is null group by r.currency
)
select f.currency, f.receivables::text, f.not_due::text, f.sales_365::text, f.sales_90::text,
       coalesce((select jsonb_object_agg(to_char(m.month, 'YYYY-MM-DD'), m.sales::text) from monthly m where m.currency = f.currency), '{}') as months
  from figures f order by f.currency`;
