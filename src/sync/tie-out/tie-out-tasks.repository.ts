import { Injectable } from '@nestjs/common';
import { formatMinor, newId } from '../../kernel/index.js';
import { closeTasks, type Transaction } from '../../persistence/index.js';
import type { CheckRef, Verdict } from './tie-out.repository.js';

const DEDUPE_KEY = 'tie-out';

/** The owner: who has been the firm's admin longest; the task can be handed to somebody else. */
const OPEN = `
insert into task (id, firm_id, administration_id, kind, title, detail, dedupe_key, owner)
values ($1, $2, $3, 'tie-out-differs', 'The books do not tie out with the accounting package', $4, '${DEDUPE_KEY}',
  (select name from app_user where role = 'admin' order by created_at, id limit 1))
on conflict (administration_id, dedupe_key) where state = 'open' do update set detail = excluded.detail`;

/** One task while the books differ; it closes itself. */
@Injectable()
export class TieOutTasks {
  async follow(transaction: Transaction, check: CheckRef, verdict: Verdict): Promise<void> {
    if (verdict.differingDebtors > 0)
      await transaction.query(OPEN, [newId(), check.firmId, check.administrationId, detailOf(verdict)]);
    else
      await closeTasks(transaction, {
        administrationId: check.administrationId,
        dedupeKeys: [DEDUPE_KEY],
        by: 'openpost',
        note: 'the books tie out again',
      });
  }
}

function detailOf({ differingDebtors, differences }: Verdict): string {
  const amounts = differences.map(
    ({ currency, difference }) => `${formatMinor(BigInt(difference), currency)} ${currency}`,
  );
  const debtors = differingDebtors === 1 ? '1 debtor' : `${differingDebtors} debtors`;
  return `${debtors} differ from the source's own list of open items; ours minus theirs: ${amounts.join(', ')}.`;
}
