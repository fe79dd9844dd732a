import { notFound } from '../http/index.js';
import { rowOf, type Transaction } from '../persistence/index.js';

/** Throws 404 unless the administration is one of this firm's. */
export async function assertAdministration(transaction: Transaction, id: string): Promise<void> {
  const row = await rowOf(transaction, 'select 1 from administration where id = $1', [id]);
  if (row === null) throw notFound('the administration');
}
