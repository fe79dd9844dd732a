import { randomBytes } from 'node:crypto';
import { newId } from '../../src/kernel/index.js';
import type { TestDatabase } from './database.js';

/** A connection and one administration in EUR, loaded a moment ago. */
export async function addAdministration(
  database: TestDatabase,
  firmId: string,
): Promise<{ connectionId: string; administrationId: string }> {
  const connectionId = newId();
  const administrationId = newId();
  await database.sql(
    `insert into connection (id, firm_id, connector, name, state, lineage) values ($1, $2, 'exact-online', 'Exact Online', 'active', gen_random_uuid())`,
    [connectionId, firmId],
  );
  await database.sql(
    `insert into administration (id, firm_id, connection_id, source_id, name, currency, country, language, time_zone, first_loaded_at, last_good_pull_at, house_style)
     values ($1, $2, $3, '100', 'Bakker Techniek BV', 'EUR', 'NL', 'nl', 'Europe/Amsterdam', now(), now(), $4)`,
    [
      administrationId,
      firmId,
      connectionId,
      JSON.stringify({
        senderName: 'Bakker Techniek BV',
        senderEmail: 'debiteuren@bakker.example',
        iban: 'NL91ABNA0417164300',
      }),
    ],
  );
  return { connectionId, administrationId };
}

export interface NewDebtor {
  readonly name?: string;
  readonly email?: string | null;
}

export async function addDebtor(
  database: TestDatabase,
  place: { firmId: string; administrationId: string },
  debtor: NewDebtor = {},
): Promise<string> {
  const id = newId();
  await database.sql(
    `insert into debtor (id, firm_id, administration_id, source_id, source_hash, code, name, email, language, country, kind, address_line, postcode, city)
     values ($1, $2, $3, $4, $5, '1001', $6, $7, 'nl', 'NL', 'business', 'Dorpsstraat 1', '1234 AB', 'Utrecht')`,
    [
      id,
      place.firmId,
      place.administrationId,
      newId(),
      randomBytes(8),
      debtor.name ?? 'Jansen VOF',
      debtor.email === undefined ? 'jansen@klant.example' : debtor.email,
    ],
  );
  return id;
}

export interface NewReceivable {
  readonly debtorId: string;
  readonly invoiceNumber?: string;
  readonly dueDate?: string;
  readonly amountMinor?: number;
  readonly openMinor?: number;
}

export async function addReceivable(
  database: TestDatabase,
  place: { firmId: string; administrationId: string },
  receivable: NewReceivable,
): Promise<string> {
  const id = newId();
  const amount = receivable.amountMinor ?? 12_100;
  await database.sql(
    `insert into receivable (id, firm_id, administration_id, debtor_id, source_id, source_hash, invoice_number, kind, invoice_date, due_date, currency, amount, open_amount)
     values ($1, $2, $3, $4, $5, $6, $7, 'invoice', $8::date - 30, $8, 'EUR', $9, $10)`,
    [
      id,
      place.firmId,
      place.administrationId,
      receivable.debtorId,
      newId(),
      randomBytes(8),
      receivable.invoiceNumber ?? '2026-001',
      receivable.dueDate ?? '2026-10-01',
      amount,
      receivable.openMinor ?? amount,
    ],
  );
  return id;
}
