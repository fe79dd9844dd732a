/**
 * What we ask, as text. https://developer.clearfacts.be for the public part; `salesInvoices`, `customerDetails`, `note`,
 * `addNote` and `setDunningStatus` are the proposed contract.
 */
export const ADMINISTRATIONS = `query administrations($offset: Int, $first: Int) {
  administrations(offset: $offset, first: $first) { name companyNumber address { country { iso2 } } }
}`;

export const CUSTOMERS = `query customers($companyNumber: String, $offset: Int) {
  customers(companyNumber: $companyNumber, offset: $offset) { id name }
}`;

export const ARCHIVE_CATEGORIES = `query archiveCategories($vatnumber: String) {
  archiveCategories(vatnumber: $vatnumber) { various { id name } }
}`;

export const CUSTOMER_DETAILS = `query customerDetails($companyNumber: String!, $modifiedSince: DateTime, $offset: Int, $first: Int) {
  customerDetails(companyNumber: $companyNumber, modifiedSince: $modifiedSince, offset: $offset, first: $first) {
    id name companyNumber vatNumber kind language emails phone
    address { streetAddress postalCode city country { iso2 } }
    paymentTermDays blocked modifiedAt
  }
}`;

export const SALES_INVOICES = `query salesInvoices($companyNumber: String!, $modifiedSince: DateTime, $offset: Int, $first: Int) {
  salesInvoices(companyNumber: $companyNumber, modifiedSince: $modifiedSince, offset: $offset, first: $first) {
    id number kind customerId date dueDate currency amount openAmount structuredReference settledOn lastPaymentDate modifiedAt deleted
  }
}`;

export const OPEN_INVOICES = `query openInvoices($companyNumber: String!, $offset: Int, $first: Int) {
  salesInvoices(companyNumber: $companyNumber, paymentState: [UNPAID, PARTIALLY_PAID], offset: $offset, first: $first) {
    id customerId currency openAmount
  }
}`;

export const FIND_NOTE = `query note($companyNumber: String!, $externalKey: String!) {
  note(companyNumber: $companyNumber, externalKey: $externalKey) { id externalKey }
}`;

export const ADD_NOTE = `mutation addNote($companyNumber: String!, $customerId: ID, $text: String!, $externalKey: String!) {
  addNote(companyNumber: $companyNumber, customerId: $customerId, text: $text, externalKey: $externalKey) { id }
}`;

export const SET_DUNNING_STATUS = `mutation setDunningStatus($companyNumber: String!, $invoiceId: ID!, $level: Int!, $status: String!, $at: DateTime!, $externalKey: String!) {
  setDunningStatus(companyNumber: $companyNumber, invoiceId: $invoiceId, level: $level, status: $status, at: $at, externalKey: $externalKey) { id }
}`;

export const UPLOAD_ARCHIVE_FILE = `mutation uploadArchiveFile($vatnumber: String, $filename: String!, $category: String!) {
  uploadArchiveFile(vatnumber: $vatnumber, filename: $filename, type: VARIOUS, category: $category) { uuid }
}`;

export const UPDATE_APP_INFO = `mutation updateAppInfo($vatnumber: String!, $badge: BadgeInput) {
  updateAppInfo(vatnumber: $vatnumber, badge: $badge) { badge { text } }
}`;

/** Asks whether a mutation exists without doing it: what is skipped is checked and not carried out. */
export const WRITE_PROBES = {
  notes: 'mutation { addNote(companyNumber: "0", customerId: "0", text: "", externalKey: "") @skip(if: true) { id } }',
  'dunning-status':
    'mutation { setDunningStatus(companyNumber: "0", invoiceId: "0", level: 0, status: "", at: "1970-01-01T00:00:00Z", externalKey: "") @skip(if: true) { id } }',
  badge: 'mutation { updateAppInfo(vatnumber: "0") @skip(if: true) { emailaddress } }',
} as const;
