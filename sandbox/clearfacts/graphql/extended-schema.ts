/**
 * A PROPOSAL, not a fact about ClearFacts: what the API would have to offer for receivables to be kept in step. It
 * keeps to the style of the public API (one endpoint, offset and first with at most 100, bare company numbers, errors
 * with status 200). Lists come in the order of `modifiedAt`, then `id`; amounts are decimal text, negative for what the
 * customer has to get. The last two fields of SalesInvoice and the query `note` are there so that a payment date can be
 * told and a written note be found again.
 */
export const EXTENDED_SCHEMA = /* GraphQL */ `
  scalar DateTime
  scalar Decimal
  enum PaymentState {
    UNPAID
    PARTIALLY_PAID
    PAID
  }
  enum OpenItemKind {
    INVOICE
    CREDIT_NOTE
    PAYMENT
    OTHER
  }

  extend type Address {
    postalCode: String
    city: String
  }
  type Customer {
    id: ID!
    name: String!
    companyNumber: String
    vatNumber: String
    "BUSINESS, CONSUMER or UNKNOWN"
    kind: String
    language: String
    emails: [String!]!
    phone: String
    address: Address
    paymentTermDays: Int
    accountManager: String
    blocked: Boolean
    modifiedAt: DateTime!
  }
  type SalesInvoice {
    id: ID!
    number: String!
    kind: OpenItemKind!
    journal: String
    customerId: ID!
    date: Date!
    dueDate: Date!
    currency: String!
    amount: Decimal!
    vatAmount: Decimal
    openAmount: Decimal!
    paymentState: PaymentState!
    structuredReference: String
    documentId: ID
    disputed: Boolean
    modifiedAt: DateTime!
    deleted: Boolean!
    settledOn: Date
    lastPaymentDate: Date
  }
  type Allocation {
    invoiceId: ID!
    amount: Decimal!
  }
  type Payment {
    id: ID!
    customerId: ID!
    date: Date!
    amount: Decimal!
    allocations: [Allocation!]!
    modifiedAt: DateTime!
  }
  type Note {
    id: ID!
    invoiceId: ID
    customerId: ID
    text: String!
    createdAt: DateTime!
    externalKey: String!
  }

  extend type Query {
    salesInvoices(
      companyNumber: String!
      paymentState: [PaymentState!]
      modifiedSince: DateTime
      offset: Int = 0
      first: Int = 100
    ): [SalesInvoice!]!
    customerDetails(companyNumber: String!, modifiedSince: DateTime, offset: Int = 0, first: Int = 100): [Customer!]!
    payments(companyNumber: String!, modifiedSince: DateTime, offset: Int = 0, first: Int = 100): [Payment!]!
    note(companyNumber: String!, externalKey: String!): Note
  }
  extend type Mutation {
    "The same externalKey answers the same note."
    addNote(companyNumber: String!, invoiceId: ID, customerId: ID, text: String!, externalKey: String!): Note!
    setDunningStatus(
      companyNumber: String!
      invoiceId: ID!
      level: Int!
      status: String!
      at: DateTime!
      externalKey: String!
    ): SalesInvoice!
  }
`;
