import {
  ACCOUNTS,
  customerCodeOf,
  DAYBOOKS,
  lineOfBooking,
  lineOfMoney,
  type BookingRecord,
  type LedgerLine,
  type MatchRecord,
  type OfficeStore,
} from '../office/index.js';
import { userCodeOf } from '../oidc/index.js';
import { allowOnly, officeFor, ProcessError, say, type Session } from '../process/session.js';
import {
  element,
  FOREIGN_RATE,
  leaf,
  textIn,
  toAmount,
  toBaseMinor,
  toWireDate,
  toWireTime,
  type XmlNode,
} from '../xml/index.js';

/** What every part of a transaction is written from. */
interface Source {
  readonly office: OfficeStore;
  readonly line: LedgerLine;
  readonly booking: BookingRecord | null;
}

/** `<read><type>transaction</type>…`: an invoice, a bank transaction or a write-off, with what it was matched with. */
export function readTransaction(session: Session, message: XmlNode): string {
  allowOnly(session, message, ['type', 'office', 'code', 'number']);
  const office = officeFor(session, message);
  const [code, number] = [textIn(message, 'code').trim(), textIn(message, 'number').trim()];
  const booking = office.bookingOf(code, number) ?? null;
  const money = office.moneyOf(code, number);
  const line = booking !== null ? lineOfBooking(office, booking) : money && lineOfMoney(office, money);
  if (line === undefined || line === null)
    throw new ProcessError(say(session, 'no-transaction', number), { name: 'number', text: number });
  const source = { office, line, booking };
  return element('transaction', { location: line.status, result: 1 }, header(session, source) + lines(source));
}

function header(session: Session, { office, line, booking }: Source): string {
  const daybook = DAYBOOKS[line.code as keyof typeof DAYBOOKS];
  const invoice = booking?.receivable;
  const ofInvoice =
    line.dueDate === null
      ? ''
      : leaf('invoicenumber', line.invoiceNumber) +
        leaf('duedate', toWireDate(line.dueDate)) +
        leaf('paymentreference', invoice?.paymentReference ?? '');
  const user = userCodeOf(session.user);
  return element(
    'header',
    {},
    leaf('office', office.head.code, { name: office.head.name, shortname: office.head.name }) +
      leaf('code', line.code, { name: daybook, shortname: daybook }) +
      leaf('number', line.number) +
      leaf('period', line.period) +
      leaf('currency', line.currency, { name: line.currency, shortname: line.currency }) +
      leaf('date', toWireDate(line.date)) +
      ofInvoice +
      leaf('origin', 'import') +
      leaf('originreference', invoice?.yourRef ?? '') +
      leaf('modificationdate', toWireTime(line.headModified)) +
      leaf('user', user, { name: session.user.fullName ?? user, shortname: user }) +
      leaf('inputdate', toWireTime(booking?.created ?? line.headModified)) +
      ['freetext1', 'freetext2', 'freetext3'].map((name) => leaf(name, '')).join(''),
  );
}

function lines(source: Source): string {
  const { line } = source;
  if (line.code === 'VRK') return element('lines', {}, customerLine(source, 'total') + revenue(line));
  const minor = -line.valueMinor;
  if (line.code === 'BNK') {
    const total = plainLine({ id: 1, type: 'total' }, { account: ACCOUNTS.bank, minor, line });
    return element('lines', {}, total + customerLine(source, 'detail'));
  }
  const difference = plainLine({ id: 2, type: 'detail' }, { account: ACCOUNTS.differences, minor, line });
  return element('lines', {}, customerLine(source, 'detail') + difference);
}

type Account = readonly [code: string, name: string];

/** Revenue and tax of an invoice: 21 % is taken to be in every amount. */
function revenue(line: LedgerLine): string {
  const tax = Math.round((line.valueMinor * 21) / 121);
  const net = line.valueMinor - tax;
  return (
    plainLine(
      { id: 2, type: 'detail' },
      { account: ACCOUNTS.revenue, minor: -net, line, more: leaf('vatcode', 'VH', VAT) },
    ) +
    plainLine(
      { id: 3, type: 'vat' },
      { account: ACCOUNTS.vat, minor: -tax, line, more: leaf('vatcode', 'VH', VAT) + vatBase(net, line) },
    )
  );
}

const VAT = { name: 'BTW 21%', shortname: 'VH 21%' };

function vatBase(net: number, line: LedgerLine): string {
  const turnover = toAmount(Math.abs(net), line.currency);
  return leaf('vatturnover', turnover) + leaf('vatbaseturnover', base(Math.abs(net), line)) + leaf('baseline', 1);
}

/** A line that cannot be matched. */
function plainLine(
  { id, type }: { id: number; type: 'total' | 'detail' | 'vat' },
  { account, minor, line, more = '' }: { account: Account; minor: number; line: LedgerLine; more?: string },
): string {
  const status = type === 'vat' ? '' : leaf('matchstatus', 'notmatchable');
  const ledger = leaf('dim1', account[0], {
    name: account[1],
    shortname: '',
    dimensiontype: account[0] < '4000' ? 'BAS' : 'PNL',
  });
  return element(
    'line',
    { type, id },
    ledger + values(minor, line) + leaf('description', line.description) + more + status,
  );
}

/** The line on the customer: the one that is open, and matched. */
function customerLine({ office, line }: Source, type: 'total' | 'detail'): string {
  const { debtor } = line.customer;
  const dates = line.matches.map(({ date }) => date).sort();
  const last = dates.at(-1);
  return element(
    'line',
    { type, id: line.line },
    leaf('dim1', ACCOUNTS.debtors[0], { name: ACCOUNTS.debtors[1], shortname: '', dimensiontype: 'BAS' }) +
      leaf('dim2', customerCodeOf(debtor), { name: debtor.name, shortname: '', dimensiontype: 'DEB' }) +
      values(line.valueMinor, line) +
      (type === 'detail' && line.invoiceNumber !== '' ? leaf('invoicenumber', line.invoiceNumber) : '') +
      leaf('description', line.description) +
      leaf('matchlevel', 2) +
      leaf('customersupplier', customerCodeOf(debtor)) +
      leaf('valueopen', toAmount(line.openMinor, line.currency)) +
      leaf('basevalueopen', base(line.openMinor, line)) +
      leaf('matchstatus', line.matchStatus) +
      (last === undefined ? '' : leaf('matchdate', toWireDate(last)) + matches(office, line)),
  );
}

/** Value without a sign, and on which side it stands. */
function values(minor: number, line: LedgerLine): string {
  return (
    leaf('value', toAmount(Math.abs(minor), line.currency)) +
    leaf('debitcredit', minor < 0 ? 'credit' : 'debit') +
    leaf('basevalue', base(Math.abs(minor), line)) +
    leaf('rate', line.currency === 'EUR' ? '1' : String(FOREIGN_RATE))
  );
}

function base(minor: number, line: LedgerLine): string {
  return toAmount(toBaseMinor(minor, line.currency));
}

function matches(office: OfficeStore, line: LedgerLine): string {
  const status = line.openMinor === 0 ? 'final' : 'temporary';
  const sets = line.matches.map((match) => {
    const [own, other] = sidesOf(office, line, match);
    return element(
      'set',
      { status },
      leaf('matchdate', toWireDate(match.date)) +
        element('lines', {}, other) +
        leaf('matchvalue', toAmount(own, line.currency)),
    );
  });
  return element('matches', {}, sets.join(''));
}

/** What the match took off this line, and the line on the other side of it. */
function sidesOf(office: OfficeStore, line: LedgerLine, match: MatchRecord): readonly [own: number, other: string] {
  const onInvoice =
    line.code === 'VRK' && office.bookingOf(line.code, line.number)?.receivable.id === match.receivableId;
  const own = onInvoice ? match.amountMinor : -match.amountMinor;
  const invoice = office.bookings.get(match.receivableId);
  const note = match.by.kind === 'credit-note' ? office.bookings.get(match.by.receivableId) : undefined;
  const place = onInvoice
    ? match.by.kind === 'booking'
      ? { code: match.by.code, number: match.by.number, line: match.by.code === 'BNK' ? 2 : 1 }
      : { code: note?.code ?? '', number: note?.number ?? '', line: 1 }
    : { code: invoice?.code ?? '', number: invoice?.number ?? '', line: invoice?.code === 'BNK' ? 2 : 1 };
  const other =
    leaf('code', place.code) +
    leaf('number', place.number) +
    leaf('line', place.line) +
    leaf('method', 'payment') +
    leaf('matchvalue', toAmount(-own, line.currency));
  return [own, element('line', {}, other)];
}
