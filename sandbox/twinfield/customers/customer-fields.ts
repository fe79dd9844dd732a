import { customerCodeOf, type CustomerRecord, type OfficeStore } from '../office/index.js';
import { guidOf } from '../oidc/index.js';
import { toWireTime } from '../xml/index.js';
import { field, group, overlay, type Field } from './field-tree.js';

const COUNTRIES = { NL: 'Nederland', BE: 'België' } as const;

/** A customer as the interface shows it, element by element, in the order of a read. */
export function customerFields(office: OfficeStore, customer: CustomerRecord, withOffice: boolean): Field[] {
  const { debtor, touched, modified } = customer;
  const fields = [
    ...(withOffice ? [field('office', office.head.code, { name: office.head.name, shortname: '' })] : []),
    field('type', 'DEB', { name: 'Debiteuren', shortname: 'Debiteuren' }),
    field('code', customerCodeOf(debtor)),
    field('uid', debtor.id),
    field('name', debtor.name),
    field('shortname'),
    field('inuse', true),
    field('behaviour', 'normal'),
    field('modified', toWireTime(modified)),
    field('touched', touched),
    ...['beginperiod', 'beginyear', 'endperiod', 'endyear'].map((name) => field(name, 0)),
    field('website'),
    field('cocnumber'),
    field('vatnumber'),
    field('editdimensionname', true),
    group('remittanceadvice', [field('sendtype', 'ToFileManager'), field('sendmail')]),
    financials(customer, office),
    creditManagement(),
    group('invoicing', [field('discountarticle')]),
    group('addresses', [address(customer)]),
    group('banks', []),
    group('groups', []),
    group('postingrules', []),
    group('paymentconditions', [group('paymentcondition', [field('discountdays'), field('discountpercentage')])]),
  ];
  return overlay(fields, customer.written);
}

function financials({ debtor }: CustomerRecord, office: OfficeStore): Field {
  const ledger = { name: 'Debiteuren', shortname: '', dimensiontype: 'BAS', id: guidOf(`${office.head.code} 1300`) };
  return group('financials', [
    field('matchtype', 'customersupplier'),
    field('accounttype', 'inherit'),
    field('subanalyse', false),
    field('duedays', debtor.paymentDays),
    field('level', 2),
    field('payavailable', false),
    field('meansofpayment', 'none'),
    field('paycode', '', { name: '', shortname: '' }),
    field('ebilling', false),
    field('ebillmail'),
    field('substitutionlevel', 1),
    field('substitutewith', '1300', ledger),
    field('relationsreference'),
    field('vattype', '', { name: '', shortname: '' }),
    field('vatcode', '', { fixed: 'false' }),
    field('vatobligatory', false),
    field('performancetype'),
    group('collectmandate', [field('id'), field('signaturedate'), field('firstrundate')]),
    field('collectionschema', 'core'),
    group('childvalidations', []),
  ]);
}

function creditManagement(): Field {
  return group('creditmanagement', [
    field('responsibleuser', '', { name: '', shortname: '' }),
    field('basecreditlimit', '0.00'),
    field('sendreminder', true),
    field('reminderemail'),
    field('blocked', false, { locked: 'false', modified: '' }),
    field('freetext1'),
    field('freetext2'),
    field('freetext3'),
    field('comment'),
  ]);
}

/** The numbers of tax and trade register live in field4 and, by convention, field5. */
function address({ debtor }: CustomerRecord): Field {
  return group(
    'address',
    [
      field('name', debtor.name),
      field('country', debtor.country, { name: COUNTRIES[debtor.country], shortname: '' }),
      field('ictcountrycode', debtor.country, { locked: 'true' }),
      field('city', debtor.city),
      field('postcode', debtor.postcode),
      field('telephone', debtor.phone ?? ''),
      field('telefax'),
      field('email', debtor.email ?? ''),
      field('contact', debtor.contactName ?? ''),
      field('field1'),
      field('field2', debtor.addressLine),
      field('field3'),
      field('field4', debtor.vatNumber ?? ''),
      field('field5', debtor.chamberOfCommerce ?? ''),
      field('field6'),
    ],
    { id: 1, type: 'invoice', default: 'true' },
  );
}

/** The entry that ends every list: a template, no customer. It has no credit management. */
export function templateFields(): Field[] {
  return [
    field('type', 'DEB', { name: 'Debiteuren', shortname: 'Debiteuren' }),
    field('code', 'DEB'),
    field('uid', guidOf('template DEB')),
    field('name'),
    field('shortname'),
    field('inuse', false),
    field('behaviour', 'template'),
    field('touched', 0),
  ];
}
