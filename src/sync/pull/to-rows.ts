import { hash } from 'node:crypto';
import type { DebtorRecord, Mapped, ReceivableRecord, Tombstone } from '../../ledger/domain/index.js';

/** A record that is ours but was not understood: kept aside, never guessed. */
export interface Rejection {
  readonly sourceId: string;
  readonly reason: string;
  readonly message: string;
  readonly raw: unknown;
}

/** A page, mapped and ready to be stored: each kind of record is one JSON text, the parameter of one statement. */
export interface PreparedPage {
  readonly debtors: RowBatch;
  readonly receivables: RowBatch;
  readonly tombstones: readonly Tombstone[];
  readonly rejected: readonly Rejection[];
  /** Understood, and rightly not ours: an earlier rejection of these is over too. */
  readonly ignoredCount: number;
  readonly read: number;
}

export interface RowBatch {
  /** A JSON array of row objects. */
  readonly json: string;
  readonly count: number;
  /** By source id, for rows that the database turns down (a receivable of an unknown debtor). */
  readonly raws: ReadonlyMap<string, unknown>;
}

/** PURE. Maps raw records; when a record occurs twice, the higher version counts. */
export function prepare(raws: readonly unknown[], map: (raw: unknown) => Mapped): PreparedPage {
  const debtors = new Batch();
  const receivables = new Batch();
  const tombstones: Tombstone[] = [];
  const rejected: Rejection[] = [];
  let ignoredCount = 0;
  for (const raw of raws) {
    const mapped = map(raw);
    if (mapped.outcome === 'debtor') debtors.add(mapped.record, debtorFields(mapped.record), raw);
    else if (mapped.outcome === 'receivable') receivables.add(mapped.record, receivableFields(mapped.record), raw);
    else if (mapped.outcome === 'tombstone') tombstones.push(mapped.record);
    else if (mapped.outcome === 'rejected') rejected.push({ ...mapped, raw });
    else ignoredCount += 1;
  }
  return {
    debtors: debtors.toRows(),
    receivables: receivables.toRows(),
    tombstones,
    rejected,
    ignoredCount,
    read: raws.length,
  };
}

class Batch {
  private readonly rows = new Map<string, { version: bigint; json: string }>();
  private readonly raws = new Map<string, unknown>();

  add(record: { sourceId: string; sourceVersion: bigint }, fields: string, raw: unknown): void {
    const { sourceId, sourceVersion: version } = record;
    const earlier = this.rows.get(sourceId);
    if (earlier !== undefined && earlier.version > version) return;
    // The text without version and hash is what the hash is of, and then the row itself: one serialisation for both.
    const json = `${fields.slice(0, -1)},"v":"${version}","h":"${hash('sha256', fields, 'hex')}"}`;
    this.rows.set(sourceId, { version, json });
    this.raws.set(sourceId, raw);
  }

  toRows(): RowBatch {
    const rows: string[] = [];
    for (const { json } of this.rows.values()) rows.push(json);
    return { json: `[${rows.join(',')}]`, count: rows.length, raws: this.raws };
  }
}

/** The canonical text of a record: fixed fields in a fixed order. Changing it makes every row look changed once. */
function debtorFields(record: DebtorRecord): string {
  return JSON.stringify({
    source_id: record.sourceId,
    code: record.code,
    name: record.name,
    contact_name: record.contactName,
    email: record.email,
    phone: record.phone,
    language: record.language,
    country: record.country,
    kind: record.kind,
    address_line: record.addressLine,
    postcode: record.postcode,
    city: record.city,
    vat_number: record.vatNumber,
    chamber_of_commerce: record.chamberOfCommerce,
    payment_condition: record.paymentCondition,
    blocked_in_ledger: record.blockedInLedger,
    direct_debit: record.directDebit,
    credit_limit: record.creditLimit === null ? null : String(record.creditLimit),
  });
}

function receivableFields(record: ReceivableRecord): string {
  return JSON.stringify({
    source_id: record.sourceId,
    debtor: record.debtorSourceId,
    entry_source_id: record.entrySourceId,
    transaction_source_id: record.transactionSourceId,
    invoice_number: record.invoiceNumber,
    your_ref: record.yourRef,
    kind: record.kind,
    invoice_date: record.invoiceDate,
    due_date: record.dueDate,
    currency: record.currency,
    amount: String(record.amount),
    open_amount: String(record.openAmount),
    settled_on: record.settledOn,
    last_payment_on: record.lastPaymentOn,
    description: record.description,
    payment_reference: record.paymentReference,
  });
}
