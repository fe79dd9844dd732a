/**
 * The published schema, as far as it is known: ten queries (the statistics under both of the names that the
 * documentation and the schema give them) and five mutations. Fields that nobody has seen are not made up. Everything
 * may be null, because a failing field answers null beside its error.
 */
export const PUBLIC_SCHEMA = /* GraphQL */ `
  scalar Date
  enum InvoiceTypeArgument {
    PURCHASE
    SALE
    VARIOUS
  }
  enum InvoiceType {
    SALE
    PURCHASE
  }
  enum VariousType {
    VARIOUS
    PERMANENT
  }

  type Country {
    iso2: String
    name: String
  }
  type Address {
    streetAddress: String
    country: Country
  }
  type Email {
    type: String
    emailAddress: String
  }
  type Administration {
    name: String
    companyNumber: String
    companyType: String
    accountManager: String
    emails: [Email]
    address: Address
  }
  type Accountant {
    name: String
    companyNumber: String
    email: String
    address: Address
  }
  type AssociateGroup {
    id: ID
    name: String
  }
  type Associate {
    id: ID
    firstName: String
    lastName: String
    email: String
    type: String
    active: Boolean
    language: String
    associateGroups: [AssociateGroup]
    plainPassword: String
  }
  type ArchiveCategory {
    id: ID
    name: String
  }
  type ArchiveCategories {
    various: [ArchiveCategory]
    permanent: [ArchiveCategory]
  }
  interface Document {
    file: String
    date: Date
    comment: String
  }
  type InvoiceDocument implements Document {
    file: String
    date: Date
    comment: String
    type: String
    "Only UNPAID is documented."
    paymentState: String
  }
  type ArchiveDocument implements Document {
    file: String
    date: Date
    comment: String
  }
  type Journal {
    id: ID
    name: String
    creditNote: Boolean
  }
  type BusinessPartner {
    id: ID
    name: String
  }
  type CompanyStatisticsItem {
    period: String
    value: Int
  }
  type CompanyStatistics {
    companyNumber: String
    items: [CompanyStatisticsItem]
  }
  type File {
    uuid: ID
    name: String
    amountOfPages: Int
    comment: String
    tags: [String]
  }
  type Badge {
    text: String
    textColor: String
    color: String
  }
  type Icon {
    type: String
    color: String
  }
  type AppInfo {
    imageUrl: String
    emailaddress: String
    badge: Badge
    icon: Icon
  }

  input AssociateGroupInput {
    id: ID!
  }
  input AssociateInput {
    id: ID
    firstName: String
    lastName: String
    email: String
    type: String
    associateGroups: [AssociateGroupInput]
    active: Boolean
    language: String
    sendActivationMail: Boolean
  }
  input BadgeInput {
    text: String
    textColor: String
    color: String
  }
  input IconInput {
    type: String
    color: String
  }

  type Query {
    administrations(offset: Int, first: Int): [Administration]
    administration(companyNumber: String!): Administration
    accountant: Accountant
    associates: [Associate]
    associateGroups: [AssociateGroup]
    archiveCategories(vatnumber: String): ArchiveCategories
    document(id: ID!): Document
    journals(companyNumber: String): [Journal]
    customers(companyNumber: String, offset: Int): [BusinessPartner]
    companyStatistics(
      type: String!
      startPeriod: Date!
      endPeriod: Date!
      companyNumber: String
      invoicetype: InvoiceType
      worklist: Boolean
      offset: Int
    ): [CompanyStatistics]
    getCompanyStatistics(
      type: String!
      startPeriod: Date!
      endPeriod: Date!
      companyNumber: String
      invoicetype: InvoiceType
      worklist: Boolean
      offset: Int
    ): [CompanyStatistics]
  }
  type Mutation {
    uploadFile(
      companyNumber: String
      vatnumber: String
      filename: String!
      comment: String
      tags: [String]
      invoicetype: InvoiceTypeArgument
      journal: String
    ): File
    uploadArchiveFile(vatnumber: String, filename: String!, type: VariousType!, category: String!): File
    addAssociate(associate: AssociateInput!): Associate
    editAssociate(associate: AssociateInput!): Associate
    updateAppInfo(
      vatnumber: String!
      imageUrl: String
      emailaddress: String
      badge: BadgeInput
      icon: IconInput
    ): AppInfo
  }
`;
