import type { OfficeStore } from './office-store.js';

/** The payment is taken back and its transaction deleted; what credit notes took off stays. */
export function undoMoney(office: OfficeStore, receivableId: string, how: Deleting): void {
  for (const match of office.matchesOf.of(receivableId)) {
    if (match.by.kind !== 'booking' || match.receivableId !== receivableId) continue;
    office.matches.delete(match.id);
    const { code, number } = match.by;
    recordDeletion(office, { code, number, date: match.date }, how);
  }
}

/** Why, by whom and when something is deleted. */
export interface Deleting {
  readonly reason: string;
  readonly user: string;
  readonly now: number;
}

/** Takes a booking out of the ledger, with the money that was set against it. */
export function deleteBooking(office: OfficeStore, receivableId: string, how: Deleting): void {
  const booking = office.bookings.get(receivableId);
  if (booking === undefined) return;
  undoMoney(office, receivableId, how);
  for (const match of office.matchesOf.of(receivableId)) office.matches.delete(match.id);
  office.bookings.delete(receivableId);
  const { code, number, receivable } = booking;
  recordDeletion(office, { code, number, date: receivable.invoiceDate }, how);
}

function recordDeletion(
  office: OfficeStore,
  { code, number, date }: { code: string; number: string; date: string },
  { reason, user, now }: Deleting,
): void {
  office.deletions.put(`${code}/${number}`, {
    daybook: code,
    number,
    transactionDate: date,
    reason,
    user,
    deletedAt: now,
  });
}
