import { daysBetween, type BusinessDate, type MoneyJson } from '../kernel/index.js';
import { moneyOf } from './money-json.js';
import type { ReceivableStatus } from './receivable-sql.js';

/** A receivable as the SQL of `receivable-sql.ts` hands it out. */
export interface ReceivableRow {
  readonly id: string;
  readonly administration_id: string;
  readonly debtor_id: string;
  readonly debtor_name: string;
  readonly source_id: string;
  readonly invoice_number: string;
  readonly your_ref: string | null;
  readonly kind: 'invoice' | 'credit-note' | 'payment';
  readonly invoice_date: BusinessDate;
  readonly due_date: BusinessDate;
  readonly currency: string;
  readonly amount: string;
  readonly open_amount: string;
  readonly settled_on: BusinessDate | null;
  readonly last_payment_on: BusinessDate | null;
  readonly description: string | null;
  readonly payment_reference: string | null;
  readonly deleted_at: Date | null;
  readonly level: number | null;
  readonly last_step_on: BusinessDate | null;
  readonly block: BlockRow | null;
}

interface BlockRow {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly until: BusinessDate | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly receivableId: string | null;
  readonly debtorId: string;
  readonly owner: string;
  readonly createdAt: string;
}

export interface ReceivableJson {
  readonly id: string;
  readonly administrationId: string;
  readonly debtor: { readonly id: string; readonly name: string };
  readonly invoiceNumber: string;
  readonly dueDate: BusinessDate;
  readonly daysOverdue: number;
  readonly amount: MoneyJson;
  readonly open: MoneyJson;
  readonly status: ReceivableStatus;
  readonly level: number;
  readonly [field: string]: unknown;
}

/** A receivable in the API. `daysOverdue` counts from the day after the due date; 0 for credits and what is settled. */
export function toReceivableJson(row: ReceivableRow, today: BusinessDate): ReceivableJson {
  const status = statusOf(row);
  const owed = BigInt(row.open_amount) > 0n && status !== 'deleted';
  return {
    id: row.id,
    administrationId: row.administration_id,
    debtor: { id: row.debtor_id, name: row.debtor_name },
    sourceId: row.source_id,
    invoiceNumber: row.invoice_number,
    yourRef: row.your_ref,
    kind: row.kind,
    invoiceDate: row.invoice_date,
    dueDate: row.due_date,
    daysOverdue: owed ? Math.max(0, daysBetween(row.due_date, today)) : 0,
    amount: moneyOf(row.amount, row.currency),
    open: moneyOf(row.open_amount, row.currency),
    status,
    settledOn: row.settled_on,
    lastPaymentOn: row.last_payment_on,
    level: row.level ?? 0,
    lastStepOn: row.last_step_on,
    blocked: row.block === null ? null : blockOf(row.block),
    description: row.description,
    paymentReference: row.payment_reference,
  };
}

function statusOf(row: ReceivableRow): ReceivableStatus {
  if (row.deleted_at !== null) return 'deleted';
  if (BigInt(row.open_amount) === 0n) return 'settled';
  return row.open_amount === row.amount ? 'open' : 'part-paid';
}

function blockOf({ amount, currency, createdAt, ...block }: BlockRow): object {
  return {
    ...block,
    amount: amount === null || currency === null ? null : moneyOf(amount, currency),
    createdAt: new Date(createdAt),
    endedAt: null,
    endReason: null,
  };
}
