import type { Declaration } from '../contract/index.js';

/** Records per page that the connector asks of the stored rows. */
export const PAGE_SIZE = 1_000;

/** What files can tell, and what they cannot. There is no way back: nothing is ever written to a file. */
export const declaration: Declaration = {
  id: 'files',
  name: 'Files (CSV, Excel, UBL)',
  version: '1.0.0',
  maturity: 'beta',
  countries: ['NL', 'BE'],
  description:
    'For any package that can export lists: debtors, open items and payments as CSV or Excel, and invoices as UBL. The ' +
    'columns are chosen once. Nothing is written back, so the package does not know what was sent.',
  documentation: 'https://docs.peppol.eu/poacc/billing/3.0/',
  allowedHosts: [],
  auth: { kind: 'none' },
  settings: [
    { key: 'name', label: 'Name of the administration', required: true, secret: false },
    {
      key: 'currency',
      label: 'Currency',
      required: true,
      secret: false,
      pattern: { source: '[A-Z]{3}', expected: 'an ISO 4217 code such as EUR' },
      initial: 'EUR',
    },
    {
      key: 'country',
      label: 'Country',
      required: true,
      secret: false,
      pattern: { source: '[A-Z]{2}', expected: 'an ISO 3166-1 code such as NL' },
      initial: 'NL',
    },
  ],
  objects: [
    {
      object: 'debtors',
      label: 'Debtors (a list of debtors, or the debtor columns of the open items)',
      readMode: 'delta',
      cursor: 'row-version',
      pageSize: PAGE_SIZE,
      deleteSignal: 'None: a debtor that is no longer listed stays, without open items',
      completeness:
        'What the columns hold. Without a column that says so, a debtor with a VAT or register number is a business.',
      writeOperations: [],
    },
    {
      object: 'receivables',
      label: 'Receivables (open items, payments, UBL invoices)',
      readMode: 'delta',
      cursor: 'row-version',
      pageSize: PAGE_SIZE,
      deleteSignal: 'An open item that the next list no longer holds is settled on the day of that list',
      completeness:
        'As old as the newest list of open items, whenever it is read. What was paid in between is known only from a file of payments.',
      writeOperations: [],
    },
    {
      object: 'open-items',
      label: 'Open items, to compare totals with',
      readMode: 'snapshot',
      cursor: 'none',
      pageSize: PAGE_SIZE,
      deleteSignal: 'Absence from the list',
      completeness: 'The rows of the newest list that are open, less the payments since.',
      writeOperations: [],
    },
    {
      object: 'deletions',
      label: 'Deletions',
      readMode: null,
      cursor: 'none',
      pageSize: null,
      deleteSignal: 'None',
      completeness: 'Files keep no log of deletions.',
      writeOperations: [],
    },
    {
      object: 'notes',
      label: 'Notes and documents',
      readMode: null,
      cursor: 'none',
      pageSize: null,
      deleteSignal: 'None',
      completeness: 'Not possible: there is no package to write to. What was sent is shown here only.',
      writeOperations: [],
    },
  ],
  budgets: [],
  pullOrder: ['debtors', 'receivables'],
};
