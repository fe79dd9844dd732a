import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../persistence/index.js';
import { enqueueWriteback, type NewWriteback } from '../../sync/index.js';
import { ledgerNoteOf } from './ledger-note.js';
import type { MessageOrder } from './message-writer.repository.js';

/** Tells the source ledger what was done, by rows committed with the message itself. */
@Injectable()
export class WritebackWriter {
  /**
   * By the administration's choices: the message as a document, and a note on the debtor that points at it. They go out
   * once the message has; a call has no document, and is a task in the ledger where that is wanted.
   */
  async enqueueFor(transaction: Transaction, order: MessageOrder, messageId: string): Promise<void> {
    const { administration, debtor, receivables } = order.facts;
    const { planned } = order.composed;
    const { note, document, task } = administration.writebackChoices;
    const { subject, text, date } = ledgerNoteOf(order.composed, order.facts);
    const row = { firmId: administration.firmId, administrationId: administration.id, debtorId: debtor.id, messageId, summary: subject }; // prettier-ignore
    // A document hangs on one entry: that of the receivable which is overdue longest.
    const oldest = receivables.get(planned.lines[0]?.receivable ?? '');
    const entrySourceId = oldest?.entrySourceId ?? null;
    const rows: NewWriteback[] = [];
    if (document && planned.channel !== 'task') {
      const intent = { kind: 'document', subject, text, date, entrySourceId } as const;
      rows.push({ ...row, intentKey: newKey(), intent, dependsOn: null });
    }
    if (task === true && planned.channel === 'task')
      rows.push({ ...row, intentKey: newKey(), intent: { kind: 'task', task: 'call', subject: order.composed.subject, text: order.composed.text, date }, dependsOn: null }); // prettier-ignore
    if (note) {
      // A note points at the document of the message; a task it stands beside.
      const documentKey = rows.find((each) => each.intent.kind === 'document')?.intentKey ?? null;
      const intent = { kind: 'note', subject, text, date } as const;
      rows.push({ ...row, intentKey: newKey(), intent, dependsOn: documentKey });
    }
    if (rows.length > 0) await enqueueWriteback(transaction, rows);
  }
}

/** Short, for it stands in the subject; random, for it must never repeat. */
function newKey(): string {
  return `op:${randomBytes(8).toString('hex')}`;
}
