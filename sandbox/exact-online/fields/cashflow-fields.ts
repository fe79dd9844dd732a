import { fieldTable, type FieldTable } from './field-table.js';

/** cashflow/Receivables and bulk/Cashflow/Receivables, 79 fields (reference of July 2025). */
export const RECEIVABLE_FIELDS = fieldTable(`
  ID:Guid~ Account:Guid AccountBankAccountID:Guid AccountBankAccountNumber:String AccountCode:String
  AccountContact:Guid AccountContactName:String AccountCountry:String AccountName:String AmountDC:Double
  AmountDiscountDC:Double AmountDiscountFC:Double AmountFC:Double BankAccountID:Guid BankAccountNumber:String
  CashflowTransactionBatchCode:String Created:DateTime Creator:Guid CreatorFullName:String Currency:String
  Description:String~ DirectDebitMandate:Guid DirectDebitMandateDescription:String
  DirectDebitMandatePaymentType:Int16 DirectDebitMandateReference:String DirectDebitMandateType:Int16
  DiscountDueDate:DateTime Division:Int32 Document:Guid DocumentNumber:Int32 DocumentSubject:String DueDate:DateTime
  EndDate:DateTime EndPeriod:Int16 EndToEndID:String EndYear:Int16 EntryDate:DateTime EntryID:Guid EntryNumber:Int32
  GLAccount:Guid GLAccountCode:String GLAccountDescription:String InvoiceDate:DateTime InvoiceNumber:Int32
  IsBatchBooking:Byte IsFullyPaid:Boolean Journal:String JournalDescription:String LastPaymentDate:DateTime
  Modified:DateTime Modifier:Guid ModifierFullName:String OrderNumber:Int32 PaymentCondition:String
  PaymentConditionDescription:String PaymentDays:Int32 PaymentDaysDiscount:Int32 PaymentDiscountPercentage:Double
  PaymentInformationID:String PaymentMethod:String~ PaymentReference:String~ RateFC:Double
  ReceivableBatchNumber:Int32 ReceivableSelected:DateTime ReceivableSelector:Guid ReceivableSelectorFullName:String
  Source:Int32 Status:Int16 TransactionAmountDC:Double TransactionAmountFC:Double TransactionDueDate:DateTime
  TransactionEntryID:Guid TransactionID:Guid TransactionIsReversal:Boolean TransactionReportingPeriod:Int16
  TransactionReportingYear:Int16 TransactionStatus:Int16 TransactionType:Int32 YourRef:String
`);

/** sync/Cashflow/PaymentTerms: every field of Receivables and seven of its own; GET only. */
export const PAYMENT_TERM_FIELDS: FieldTable = {
  ...RECEIVABLE_FIELDS,
  ...fieldTable(`
  Timestamp:Int64 LineType:Int16 ApprovalStatus:Int16 PaymentBatchNumber:Int32 PaymentSelected:DateTime
  PaymentSelector:Guid PaymentSelectorFullName:String
`),
};

/** read/financial/ReceivablesList, 17 fields. */
export const RECEIVABLES_LIST_FIELDS = fieldTable(`
  HID:Int64 AccountCode:String AccountId:Guid AccountName:String Amount:Double AmountInTransit:Double
  CurrencyCode:String Description:String DueDate:DateTime EntryNumber:Int32 Id:Guid InvoiceDate:DateTime
  InvoiceNumber:Int32 JournalCode:String JournalDescription:String Notes:Collection YourRef:String
`);

/** cashflow/PaymentConditions, 22 fields. */
export const PAYMENT_CONDITION_FIELDS = fieldTable(`
  ID:Guid+ Code:String+ Created:DateTime Creator:Guid CreatorFullName:String CreditManagementScenario:Guid+
  CreditManagementScenarioCode:String CreditManagementScenarioDescription:String Description:String+
  DiscountCalculation:String+ DiscountPaymentDays:Int32+ DiscountPercentage:Double+ Division:Int32 Modified:DateTime
  Modifier:Guid ModifierFullName:String PaymentDays:Int32+ PaymentDiscountType:String+ PaymentEndOfMonths:Int32+
  PaymentMethod:String+ Percentage:Double+ VATCalculation:String+
`);
