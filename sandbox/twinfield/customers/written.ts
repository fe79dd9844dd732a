import type { BookDebtor } from '../../books/index.js';
import type { CustomerRecord, OfficeStore } from '../office/index.js';
import { customerFields } from './customer-fields.js';
import { pathOf, type Field } from './field-tree.js';

/** Elements the neutral books keep too: a change of them is seen by every stand-in over the same books. */
const NEUTRAL: Readonly<Record<string, (debtor: BookDebtor, text: string) => void>> = {
  name: (debtor, text) => void (debtor.name = text),
  'financials/duedays': (debtor, text) => void (debtor.paymentDays = Number(text)),
  'addresses/address[1]/city': (debtor, text) => void (debtor.city = text),
  'addresses/address[1]/postcode': (debtor, text) => void (debtor.postcode = text),
  'addresses/address[1]/telephone': (debtor, text) => void (debtor.phone = text || null),
  'addresses/address[1]/email': (debtor, text) => void (debtor.email = text || null),
  'addresses/address[1]/contact': (debtor, text) => void (debtor.contactName = text || null),
  'addresses/address[1]/field2': (debtor, text) => void (debtor.addressLine = text),
  'addresses/address[1]/field4': (debtor, text) => void (debtor.vatNumber = text || null),
  'addresses/address[1]/field5': (debtor, text) => void (debtor.chamberOfCommerce = text || null),
};

/** The texts of a customer by path, as a read would show them. */
export function textsOf(office: OfficeStore, customer: CustomerRecord): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const walk = (fields: readonly Field[], parent: string): void => {
    for (const each of fields) {
      const path = pathOf(parent, each.name, each.attributes['id']);
      if (each.children.length > 0) walk(each.children, path);
      else texts.set(path, each.text);
    }
  };
  // Lists that are empty and links to other records are no texts.
  walk(customerFields(office, customer, false), '');
  for (const path of NO_TEXTS) texts.delete(path);
  return texts;
}

const NO_TEXTS = ['type', 'code', 'banks', 'groups', 'postingrules', 'financials/childvalidations'];

/** The customer with another text in one element. Throws a plain message when there is no such element. */
export function setElement(
  office: OfficeStore,
  customer: CustomerRecord,
  { path, text }: { path: string; text: string },
): CustomerRecord {
  if (!textsOf(office, customer).has(path)) throw new Error(`no element ${path}`);
  const neutral = NEUTRAL[path];
  if (neutral !== undefined) {
    neutral(customer.debtor, text);
    return customer;
  }
  return { ...customer, written: { ...customer.written, [path]: text } };
}
