import { newId } from '../../src/kernel/index.js';
import type { TestDatabase } from './database.js';

/** Columns that a test cares about; the rest gets plausible values. Names are those of the tables. */
type Row = Readonly<Record<string, unknown>>;

/** Writes small authored books as the owner, past row-level security. Each function returns the new row's id. */
export function authorBooks(database: TestDatabase, firmId: string) {
  const insert = async (table: string, row: Row): Promise<string> => {
    const full: Row = { firm_id: firmId, ...row };
    const columns = Object.keys(full);
    const values = columns.map((_, index) => `$${index + 1}`).join(', ');
    await database.sql(`insert into ${table} (${columns.join(', ')}) values (${values})`, Object.values(full));
    return String(row['id'] ?? '');
  };
  return {
    insert,

    async administration(row: Row = {}): Promise<string> {
      const connection = newId();
      await insert('connection', {
        id: connection,
        connector: 'exact-online',
        name: 'Exact Online',
        state: 'active',
        lineage: newId(),
      });
      return insert('administration', {
        id: newId(),
        connection_id: connection,
        source_id: '1001',
        name: 'Bakker BV',
        currency: 'EUR',
        country: 'NL',
        language: 'nl',
        time_zone: 'Europe/Amsterdam',
        ...row,
      });
    },

    debtor: (administrationId: string, row: Row = {}): Promise<string> => {
      const id = newId();
      const defaults = {
        source_id: id,
        source_hash: Buffer.from('h'),
        code: '100',
        name: 'Jansen BV',
        kind: 'business',
        country: 'NL',
      };
      return insert('debtor', { id, administration_id: administrationId, ...defaults, ...row });
    },

    /** Amounts in minor units; `open` = everything by default. */
    receivable: (
      of: { administration: string; debtor: string },
      row: Row & { due_date: string; amount: number; open_amount?: number },
    ): Promise<string> => {
      const id = newId();
      return insert('receivable', {
        id,
        administration_id: of.administration,
        debtor_id: of.debtor,
        source_id: id,
        source_hash: Buffer.from('h'),
        invoice_number: `F-${id.slice(-6)}`,
        kind: 'invoice',
        invoice_date: '2026-01-01',
        currency: 'EUR',
        open_amount: row.amount,
        ...row,
      });
    },

    /** A message that took, or reserved, a step for receivables of one debtor. Returns the message's id. */
    async step(
      of: { administration: string; debtor: string },
      step: {
        level: number;
        receivables: readonly string[];
        state?: 'reserved' | 'taken' | 'released';
        takenOn?: string;
        at?: string;
      },
    ): Promise<string> {
      const { level, receivables, state = 'taken', takenOn = '2026-11-01', at = '2026-11-01T09:00:00Z' } = step;
      const owner = { administration_id: of.administration, debtor_id: of.debtor, level, created_at: at };
      const message = await insert('message', {
        ...owner,
        id: newId(),
        once_key: newId(),
        channel: 'email',
        language: 'nl',
        template_key: `level-${level}`,
        template_version: 1,
        recipient: 'inkoop@jansen.example',
        recipient_reason: 'ledger',
        language_reason: 'ledger',
        currency: 'EUR',
        open_total: 100,
        subject: `Herinnering ${level}`,
        html: '<p></p>',
        body_text: '',
        content: '{}',
        state: state === 'taken' ? 'sent' : state === 'reserved' ? 'queued' : 'failed',
        sent_at: state === 'taken' ? at : null,
      });
      for (const receivable of receivables)
        await insert('step_taken', {
          ...owner,
          id: newId(),
          receivable_id: receivable,
          scenario_key: 'standard',
          scenario_version: 1,
          run_id: newId(),
          message_id: message,
          taken_on: takenOn,
          state,
        });
      return message;
    },

    block: (of: { administration: string; debtor: string; receivable?: string }, row: Row = {}): Promise<string> =>
      insert('block', {
        id: newId(),
        administration_id: of.administration,
        debtor_id: of.debtor,
        receivable_id: of.receivable ?? null,
        kind: 'dispute',
        reason: 'Wrong goods',
        owner: 'Anna',
        created_by: 'Anna',
        ...row,
      }),
  };
}

export type Books = ReturnType<typeof authorBooks>;
