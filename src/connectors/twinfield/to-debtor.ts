import type { DebtorRecord, Mapped } from '../../ledger/domain/index.js';
import { readCurrency, Unreadable, type MapContext } from '../contract/index.js';
import { filled, readAmount, readVersion } from './wire-values.js';
import {
  attributeOf,
  childOf,
  childrenOf,
  elementAt,
  isElement,
  textOf,
  type XmlElement,
  type XmlNode,
} from './xml.js';

/**
 * A dimension of type DEB as a debtor. PURE. The last entry of every list is the template of new debtors, and is none
 * itself. Code and not `uid` is the name of a debtor, because every other list of Twinfield knows only codes.
 */
export function toDebtor(raw: unknown, context: MapContext): Mapped {
  if (!isElement(raw)) throw new Unreadable('NOT_A_RECORD', 'This is not a dimension.');
  if (text(raw, 'behaviour') === 'template') return { outcome: 'ignored' };
  const code = text(raw, 'code');
  if (code === null) throw new Unreadable('CODE_MISSING', 'code is empty.');
  const sourceVersion = versionOf(raw);
  if (attributeOf(raw, 'status') === 'deleted')
    return { outcome: 'tombstone', record: { object: 'debtors', sourceId: code, sourceVersion } };
  const name = text(raw, 'name');
  if (name === null) throw new Unreadable('NAME_MISSING', 'name is empty.');
  const address = addressOf(raw);
  const record: DebtorRecord = {
    sourceId: code,
    sourceVersion,
    code,
    name,
    contactName: text(address, 'field1') ?? text(address, 'contact'),
    email: emailOf(raw, address),
    phone: text(address, 'telephone'),
    language: null,
    country: countryOf(text(address, 'country')),
    ...identityOf(raw, address),
    ...placeOf(address),
    paymentCondition: text(raw, 'financials', 'duedays'),
    // `creditmanagement/blocked` is about projects in time and expenses, not about the debtor's credit.
    blockedInLedger: false,
    directDebit: text(raw, 'financials', 'payavailable') === 'true',
    creditLimit: creditLimitOf(raw, context),
  };
  return { outcome: 'debtor', record };
}

/** Trimmed text at a path; null when empty. */
function text(node: XmlNode | null, ...names: readonly string[]): string | null {
  return filled(textOf(elementAt(node, ...names)));
}

/** `touched` counts changes and is in every answer; `modified` only in newer ones. */
function versionOf(raw: XmlElement): bigint {
  return readVersion(text(raw, 'touched') ?? text(raw, 'modified'), 'touched');
}

/** The default address, else the one for invoices, else the first. */
function addressOf(raw: XmlElement): XmlNode | null {
  const all = childrenOf(childOf(raw, 'addresses'), 'address');
  const isDefault = (each: XmlNode): boolean => attributeOf(each, 'default') === 'true';
  const isInvoice = (each: XmlNode): boolean => attributeOf(each, 'type') === 'invoice';
  return all.find(isDefault) ?? all.find(isInvoice) ?? all[0] ?? null;
}

/** The address for reminders goes before the general one, and that before the one for invoices. */
function emailOf(raw: XmlElement, address: XmlNode | null): string | null {
  const candidates = [text(raw, 'creditmanagement', 'reminderemail'), text(address, 'email'), text(raw, 'financials', 'ebillmail')]; // prettier-ignore
  // Twinfield takes several addresses in one field.
  return candidates.map((each) => filled(each?.split(/[;,]/)[0])).find((each) => each !== null) ?? null;
}

function placeOf(address: XmlNode | null): Pick<DebtorRecord, 'addressLine' | 'postcode' | 'city'> {
  const lines = [text(address, 'field2'), text(address, 'field3')].filter((line) => line !== null);
  const addressLine = lines.length === 0 ? null : lines.join(', ');
  return { addressLine, postcode: text(address, 'postcode'), city: text(address, 'city') };
}

/**
 * The VAT number lives in `field4` of an address, the chamber of commerce number by convention in `field5`; the elements
 * of that name are out of use. Twinfield has no flag for private persons: without either number the debtor is treated as
 * a consumer, because that law protects more and a person can overrule it.
 */
function identityOf(
  raw: XmlElement,
  address: XmlNode | null,
): Pick<DebtorRecord, 'kind' | 'vatNumber' | 'chamberOfCommerce'> {
  const vatNumber = text(address, 'field4') ?? text(raw, 'vatnumber');
  const free = text(address, 'field5');
  // Only by convention: anything else that stands there is not a number of a register.
  const chamberOfCommerce = free !== null && /^[\d. ]{8,13}$/.test(free) ? free : text(raw, 'cocnumber');
  return { kind: vatNumber === null && chamberOfCommerce === null ? 'consumer' : 'business', vatNumber, chamberOfCommerce }; // prettier-ignore
}

function countryOf(code: string | null): string | null {
  const country = code?.toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(country) ? country : null;
}

/** 0.00 is what stands there when nobody set a limit. */
function creditLimitOf(raw: XmlElement, { currency }: MapContext): bigint | null {
  const limit = text(raw, 'creditmanagement', 'basecreditlimit');
  if (limit === null) return null;
  const amount = readAmount(limit, 'basecreditlimit', readCurrency(currency, 'currency'));
  return amount === 0n ? null : amount;
}
