/**
 * Exact's records as they travel: which fields we ask for and how each is written. Values are not to be trusted before
 * `wire-values.ts` has read them, hence `unknown`.
 *
 * Edm types in JSON: Guid = lower-case text; Int64 = text ("493115"); Double = number; DateTime = "/Date(ms)/" where ms
 * is *Amsterdam wall time* read as if it were UTC; codes are padded with blanks.
 */
type Row<Fields extends readonly string[]> = Readonly<Partial<Record<Fields[number], unknown>>>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=SyncCRMAccounts */
export const ACCOUNT_FIELDS = [
  'ID',
  'Timestamp',
  'Code',
  'Name',
  'Status',
  'Email',
  'Phone',
  'Language',
  'Country',
  'AddressLine1',
  'AddressLine2',
  'AddressLine3',
  'Postcode',
  'City',
  'VATNumber',
  'ChamberOfCommerce',
  'PaymentConditionSales',
  'Blocked',
  'CreditLineSales',
] as const;
export type WireAccount = Row<typeof ACCOUNT_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=SyncCashflowPaymentTerms */
export const PAYMENT_TERM_FIELDS = [
  'ID',
  'Timestamp',
  'LineType',
  'Account',
  'Currency',
  'AmountFC',
  'TransactionAmountFC',
  'TransactionType',
  'TransactionID',
  'TransactionEntryID',
  'EntryNumber',
  'EntryDate',
  'InvoiceNumber',
  'InvoiceDate',
  'DueDate',
  'YourRef',
  'Status',
  'IsFullyPaid',
  'LastPaymentDate',
  'EndDate',
  'Description',
  'PaymentMethod',
  'PaymentReference',
] as const;
export type WirePaymentTerm = Row<typeof PAYMENT_TERM_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=SyncDeleted */
export const DELETED_FIELDS = ['Timestamp', 'EntityType', 'EntityKey'] as const;
export type WireDeleted = Row<typeof DELETED_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=ReadFinancialReceivablesList */
export const RECEIVABLES_LIST_FIELDS = ['HID', 'AccountId', 'CurrencyCode', 'Amount', 'InvoiceNumber'] as const;
export type WireReceivablesListRow = Row<typeof RECEIVABLES_LIST_FIELDS>;

/**
 * A line of the open-items list with the sign that an item owed to us has on that list (see `position.ts`): Exact's
 * row alone does not say it.
 */
export interface SignedListRow {
  readonly row: unknown;
  readonly sign: 1 | -1;
}

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=SystemSystemMe */
export const ME_FIELDS = ['CurrentDivision', 'FullName', 'UserName', 'Email'] as const;
export type WireMe = Row<typeof ME_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=SystemSystemDivisions */
export const DIVISION_FIELDS = [
  'Code',
  'Description',
  'Country',
  'Currency',
  'Status',
  'BlockingStatus',
  'ArchiveDate',
  'DivisionMoveDate',
  'DivisionHRLinkUnlinkDate',
] as const;
export type WireDivision = Row<typeof DIVISION_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=DocumentsDocumentTypes */
export const DOCUMENT_TYPE_FIELDS = ['ID', 'Description', 'DocumentIsCreatable'] as const;
export type WireDocumentType = Row<typeof DOCUMENT_TYPE_FIELDS>;

/** https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=WebhooksWebhookSubscriptions */
export const SUBSCRIPTION_FIELDS = ['ID', 'CallbackURL', 'Topic'] as const;

/** Body of POST activities/CommunicationNotes: https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=ActivitiesCommunicationNotes */
export interface NoteBody {
  readonly Account: string;
  readonly Subject: string;
  readonly Notes: string;
  readonly Date: string;
  readonly Document?: string;
}

/** Body of POST activities/Tasks: https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=ActivitiesTasks */
export interface TaskBody {
  readonly Account: string;
  readonly Description: string;
  readonly Notes: string;
  readonly ActionDate: string;
  readonly TaskType: number;
}

/** Body of POST documents/Documents: https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=DocumentsDocuments */
export interface DocumentBody {
  readonly Subject: string;
  readonly Type: number;
  readonly Account: string;
  readonly DocumentDate: string;
  readonly Body: string;
  readonly FinancialTransactionEntryID?: string;
}

/** Body of POST documents/DocumentAttachments: https://start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx?name=DocumentsDocumentAttachments */
export interface AttachmentBody {
  readonly Document: string;
  readonly FileName: string;
  /** Base64. */
  readonly Attachment: string;
}
