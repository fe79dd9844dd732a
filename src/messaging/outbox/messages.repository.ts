import { Injectable } from '@nestjs/common';
import { formatMinor, type MoneyJson } from '../../kernel/index.js';
import { notFound, toListPage, type ListPage, type PageQuery } from '../../http/index.js';
import { UnitOfWork, type Transaction } from '../../persistence/index.js';
import { withInlineQr } from '../channels/index.js';
import { contentFromJson, type MessageContent } from './content.js';

interface MessageRow {
  readonly id: string;
  readonly created_at: Date;
  readonly created_key: string;
  readonly debtor_name: string;
  readonly [column: string]: unknown;
}

export interface MessageFilter {
  readonly state: string | null;
  readonly debtorId: string | null;
  readonly runId: string | null;
}

const COLUMNS = `m.*, m.created_at::text as created_key, d.name as debtor_name`;

/** Messages as the API shows them. */
@Injectable()
export class MessagesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(
    firmId: string,
    request: { administrationId: string; filter: MessageFilter; page: PageQuery },
  ): Promise<ListPage<object>> {
    const { administrationId, filter, page } = request;
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      await assertAdministration(transaction, administrationId);
      const rows = (await transaction.query(
        `select ${COLUMNS} from message m join debtor d on d.id = m.debtor_id
          where m.administration_id = $1 and ($2::text is null or m.state = $2) and ($3::uuid is null or m.debtor_id = $3)
            and ($4::uuid is null or m.run_id = $4) and ($5::timestamptz is null or (m.created_at, m.id) < ($5::timestamptz, $6::uuid))
          order by m.created_at desc, m.id desc limit $7`,
        [
          administrationId,
          filter.state,
          filter.debtorId,
          filter.runId,
          page.after?.[0] ?? null,
          page.after?.[1] ?? null,
          page.limit + 1,
        ],
      )) as MessageRow[];
      const lines = await linesOf(
        transaction,
        rows.map((row) => row.id),
      );
      return toListPage(rows, page, {
        key: (row) => [row.created_key, row.id],
        item: (row) => shape(row, lines.get(row.id) ?? []),
      });
    });
  }

  /** One message with its rendered body. Throws 404. */
  async get(firmId: string, id: string): Promise<object> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [row] = (await transaction.query(
        `select ${COLUMNS} from message m join debtor d on d.id = m.debtor_id where m.id = $1`,
        [id],
      )) as MessageRow[];
      if (row === undefined) throw notFound('the message');
      const lines = await linesOf(transaction, [id]);
      const { rendered } = contentFromJson(row['content']) as Partial<MessageContent>;
      const html = await withInlineQr(String(row['html']), rendered?.epcPayload);
      return { ...shape(row, lines.get(id) ?? []), html, text: row['body_text'] };
    });
  }

  /** The stored content of a message, for printing it. Throws 404. */
  async contentOf(firmId: string, id: string): Promise<{ content: unknown; administrationId: string }> {
    return this.unitOfWork.inFirm(firmId, async (transaction) => {
      const [row] = (await transaction.query(
        `select content, administration_id as "administrationId" from message where id = $1`,
        [id],
      )) as {
        content: unknown;
        administrationId: string;
      }[];
      if (row === undefined) throw notFound('the message');
      return row;
    });
  }
}

async function assertAdministration(transaction: Transaction, id: string): Promise<void> {
  const rows = (await transaction.query('select 1 from administration where id = $1', [id])) as unknown[];
  if (rows.length === 0) throw notFound('the administration');
}

interface LineRow {
  readonly message_id: string;
  readonly receivable_id: string;
  readonly invoice_number: string;
  readonly invoice_date: string;
  readonly due_date: string;
  readonly amount: string;
  readonly open_amount: string;
}

async function linesOf(transaction: Transaction, ids: readonly string[]): Promise<Map<string, LineRow[]>> {
  const rows = (await transaction.query(
    'select * from message_line where message_id = any($1::uuid[]) order by message_id, position',
    [ids],
  )) as LineRow[];
  const byMessage = new Map<string, LineRow[]>();
  for (const row of rows) byMessage.set(row.message_id, [...(byMessage.get(row.message_id) ?? []), row]);
  return byMessage;
}

function shape(row: MessageRow, lines: readonly LineRow[]): object {
  const currency = String(row['currency']);
  const money = (minor: unknown): MoneyJson => ({ amount: formatMinor(BigInt(minor as string), currency), currency });
  return {
    id: row.id,
    administrationId: row['administration_id'],
    debtor: { id: row['debtor_id'], name: row.debtor_name },
    runId: row['run_id'],
    level: row['level'],
    channel: row['channel'],
    language: row['language'],
    languageReason: row['language_reason'],
    recipient: row['recipient'],
    recipientReason: row['recipient_reason'],
    subject: row['subject'],
    state: row['state'],
    error: row['error'],
    attempts: row['attempts'],
    nextAttemptAt: row['next_attempt_at'],
    total: money(row['open_total']),
    fees: money(row['fees']),
    interest: money(row['interest']),
    createdAt: row.created_at,
    sentAt: row['sent_at'],
    providerMessageId: row['provider_message_id'],
    providerResponse: row['provider_response'],
    settledBy: row['settled_by'],
    settledNote: row['settled_note'],
    template: { key: row['template_key'], version: row['template_version'] },
    scenario: row['scenario_key'] === null ? null : { id: row['scenario_key'], version: row['scenario_version'] },
    lines: lines.map((line) => ({
      receivableId: line.receivable_id,
      invoiceNumber: line.invoice_number,
      invoiceDate: line.invoice_date,
      dueDate: line.due_date,
      amount: money(line.amount),
      open: money(line.open_amount),
    })),
  };
}
