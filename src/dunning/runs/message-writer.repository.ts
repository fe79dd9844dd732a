import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { money, newId } from '../../kernel/index.js';
import { fill } from '../../messaging/domain/index.js';
import { openTask, rowOf, rowsOf, type Transaction } from '../../persistence/index.js';
import type { PlannedMessage } from '../domain/index.js';
import type { ComposedMessage } from './compose-step.js';
import { capitalised, LEDGER_WORDS, plainMoney } from './ledger-words.js';
import { messageLanguageOf } from './administration-facts.js';
import type { DraftFacts } from './message-draft.js';

/** Somebody else inserted this message or one of its steps: look again. */
export class StepAlreadyTaken extends Error {
  override readonly name = 'StepAlreadyTaken';
}

export interface MessageOrder {
  readonly runId: string;
  readonly composed: ComposedMessage;
  readonly facts: DraftFacts;
  readonly now: Date;
}

/** One round of dunning of a receivable; a receivable that is reopened after it was settled stays in its round. */
const CYCLE = 1;

/** Inserts a decided message with its lines and steps. The unique constraints, not this code, make it happen once. */
@Injectable()
export class MessageWriterRepository {
  /**
   * Returns the message's id.
   * @throws StepAlreadyTaken when a unique constraint says so; the transaction must be given up
   */
  async insert(transaction: Transaction, order: MessageOrder): Promise<string> {
    const id = newId();
    await this.insertMessage(transaction, order, id);
    await this.insertLines(transaction, order, id);
    await this.insertSteps(transaction, order, id);
    if (order.composed.planned.channel !== 'email') await this.insertTask(transaction, order, id);
    return id;
  }

  private async insertMessage(transaction: Transaction, order: MessageOrder, id: string): Promise<void> {
    const { composed, facts, now } = order;
    const { planned } = composed;
    const isCall = planned.channel === 'task';
    const row = {
      id,
      firm_id: facts.administration.firmId,
      administration_id: facts.administration.id,
      debtor_id: facts.debtor.id,
      run_id: order.runId,
      once_key: await this.onceKey(transaction, planned),
      level: planned.level,
      channel: planned.channel,
      language: composed.language.value,
      scenario_key: composed.scenario.id,
      scenario_version: composed.scenario.version,
      template_key: composed.template.key,
      template_version: composed.template.version,
      recipient: composed.recipient.value,
      recipient_reason: composed.recipient.reason,
      language_reason: composed.language.reason,
      currency: planned.currency,
      open_total: String(planned.total),
      fees: String(planned.fees),
      interest: String(planned.interest),
      subject: composed.subject,
      html: composed.html,
      body_text: composed.text,
      content: JSON.parse(composed.content) as unknown,
      // A call needs no sending: it is done once it stands on somebody's list.
      state: isCall ? 'sent' : 'queued',
      sent_at: isCall ? now : null,
      attempts: 0,
    };
    const columns = Object.keys(row).join(', ');
    const inserted = await rowOf(
      transaction,
      `insert into message (${columns}) select ${columns} from jsonb_populate_record(null::message, $1::jsonb)
       on conflict (firm_id, once_key) do nothing returning id`,
      [JSON.stringify(row)],
    );
    if (inserted === null) throw new StepAlreadyTaken();
  }

  /** Debtor, receivables, level and cycle; a step that was released because its message failed may be tried anew. */
  private async onceKey(transaction: Transaction, planned: PlannedMessage): Promise<string> {
    const steps = planned.lines.filter((line) => line.level !== null);
    const released = await rowsOf<{ key: string; count: number }>(
      transaction,
      `select receivable_id || ':' || level as key, count(*)::int as count from step_taken
        where debtor_id = $3 and receivable_id = any($1::uuid[]) and cycle = $2 and state = 'released' group by 1`,
      [steps.map((line) => line.receivable), CYCLE, planned.debtor],
    );
    const attempts = new Map(released.map((row) => [row.key, row.count]));
    const parts = steps.map(({ receivable, level }) => {
      const key = `${receivable}:${level}`;
      return `${key}:${CYCLE}:${attempts.get(key) ?? 0}`;
    });
    return createHash('sha256')
      .update(`${planned.debtor}|${planned.level}|${parts.sort().join('|')}`)
      .digest('hex');
  }

  private async insertLines(transaction: Transaction, order: MessageOrder, id: string): Promise<void> {
    const { planned } = order.composed;
    const rows = planned.lines.map(({ receivable, open }, index) => {
      const row = order.facts.receivables.get(receivable)!;
      return {
        message_id: id,
        receivable_id: receivable,
        firm_id: order.facts.administration.firmId,
        position: index + 1,
        invoice_number: row.invoiceNumber,
        invoice_date: row.invoiceDate,
        due_date: row.dueDate,
        amount: row.amount,
        open_amount: String(open),
      };
    });
    await transaction.query(
      `insert into message_line select * from jsonb_populate_recordset(null::message_line, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }

  private async insertSteps(transaction: Transaction, order: MessageOrder, id: string): Promise<void> {
    const { composed, facts } = order;
    const state = composed.planned.channel === 'task' ? 'taken' : 'reserved';
    const steps = composed.planned.lines
      .filter((line) => line.level !== null)
      .map((line) => ({ id: newId(), receivable_id: line.receivable, level: line.level }));
    const inserted = await rowsOf(
      transaction,
      `insert into step_taken (id, firm_id, administration_id, debtor_id, receivable_id, level, cycle, scenario_key,
                               scenario_version, run_id, message_id, taken_on, state)
       select x.id, $2, $3, $4, x.receivable_id, x.level, $5, $6, $7, $8, $9, $10, $11
         from jsonb_to_recordset($1::jsonb) as x(id uuid, receivable_id uuid, level smallint)
       on conflict (receivable_id, level, cycle) where state <> 'released' do nothing returning id`,
      [
        JSON.stringify(steps),
        facts.administration.firmId,
        facts.administration.id,
        facts.debtor.id,
        CYCLE,
        composed.scenario.id,
        composed.scenario.version,
        order.runId,
        id,
        facts.today,
        state,
      ],
    );
    if (inserted.length !== steps.length) throw new StepAlreadyTaken();
  }

  /** What a person has to do for this step: call, or post the letter. */
  private async insertTask(transaction: Transaction, order: MessageOrder, id: string): Promise<void> {
    const { composed, facts } = order;
    const isCall = composed.planned.channel === 'task';
    await openTask(transaction, {
      firmId: facts.administration.firmId,
      administrationId: facts.administration.id,
      debtorId: facts.debtor.id,
      kind: isCall ? 'call' : 'post-letter',
      title: isCall ? composed.subject : letterTitle(order),
      detail: isCall ? composed.text : composed.subject,
      dedupeKey: `${isCall ? 'call' : 'post-letter'}:${id}`,
    });
  }
}

function letterTitle({ composed, facts }: MessageOrder): string {
  const language = messageLanguageOf(facts.administration.language) ?? 'en';
  const words = LEDGER_WORDS[language];
  const { total, fees, interest, currency } = composed.planned;
  return capitalised(
    fill(words.letterTask, {
      debtor: facts.debtor.name,
      step: words.steps[composed.stepName],
      total: plainMoney(money(total + fees + interest, currency), language),
    }),
  );
}
