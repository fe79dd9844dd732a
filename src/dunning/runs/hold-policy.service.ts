import { Injectable } from '@nestjs/common';
import { closeTasks, openTask, type Transaction } from '../../persistence/index.js';
import { Settings } from '../../settings/index.js';
import type { AdministrationFacts } from './administration-facts.js';
import { HOLD_TEXTS, isHoldReason, isUnusualVolume, staleReason } from './holds.js';
import type { RunReason, RunRow } from './run.repository.js';

/** When a run must wait, and what a person hears of it. */
@Injectable()
export class HoldPolicy {
  constructor(private readonly settings: Settings) {}

  stale(administration: AdministrationFacts): RunReason | null {
    return staleReason(administration, this.settings.maxStalenessMinutes);
  }

  reasonFor(administration: AdministrationFacts, messages: number, recent: readonly number[]): RunReason | null {
    return this.stale(administration) ?? (isUnusualVolume(messages, recent) ? 'VOLUME_UNUSUAL' : null);
  }

  /** One task per reason while it lasts, and one per debtor who cannot be reached. */
  async openTasks(transaction: Transaction, run: RunRow, reason: RunReason | null): Promise<void> {
    await this.openHoldTask(transaction, run, reason);
    await transaction.query(
      `insert into task (id, firm_id, administration_id, debtor_id, kind, title, detail, dedupe_key)
       select gen_random_uuid(), $2, $3, d.id, 'no-recipient', 'No e-mail address for ' || d.name,
              'A reminder is due, and the debtor has no usable e-mail address. Add one in the accounting package, or a dunning contact here.',
              'no-recipient:' || d.id
         from (select distinct debtor_id from dunning_run_line where run_id = $1 and reason = 'NO_RECIPIENT') l
         join debtor d on d.id = l.debtor_id
       on conflict (administration_id, dedupe_key) where state = 'open' do nothing`,
      [run.id, run.firmId, run.administrationId],
    );
  }

  async openHoldTask(
    transaction: Transaction,
    run: Pick<RunRow, 'id' | 'firmId' | 'administrationId'>,
    reason: RunReason | null,
  ): Promise<void> {
    if (!isHoldReason(reason)) return;
    const subject = { firmId: run.firmId, administrationId: run.administrationId, debtorId: null };
    const dedupeKey = reason === 'VOLUME_UNUSUAL' ? `run-held:${run.id}` : `run-held:${reason}`;
    await openTask(transaction, { ...subject, kind: 'run-held', ...HOLD_TEXTS[reason], dedupeKey });
  }

  /** The books are fresh again: the alert about them has done its work. */
  async closeHoldTasks(transaction: Transaction, administrationId: string): Promise<void> {
    const dedupeKeys = ['run-held:STALE_BOOKS', 'run-held:CONNECTION_LOST'];
    await closeTasks(transaction, {
      administrationId,
      dedupeKeys,
      by: 'openpost',
      note: 'the books are up to date again',
    });
  }
}
