import { fieldTable, type FieldTable } from './field-table.js';

/** crm/Accounts, 164 fields (reference of July 2025). */
export const ACCOUNT_FIELDS = fieldTable(`
  ID:Guid+~ Accountant:Guid+~ AccountManager:Guid+~ AccountManagerFullName:String AccountManagerHID:Int32
  ActivitySector:Guid+~ ActivitySubSector:Guid+~ AddressLine1:String+~ AddressLine2:String+~ AddressLine3:String+~
  AddressSource:Byte AutomaticProcessProposedEntry:Byte+~ BankAccounts:Collection Blocked:Boolean+~ BRIN:Guid
  BSN:String+~ BusinessType:Guid+~ CanDropShip:Boolean+~ ChamberOfCommerce:String+~ City:String+~
  Classification:String Classification1:Guid+~ Classification2:Guid+~ Classification3:Guid+~ Classification4:Guid+~
  Classification5:Guid+~ Classification6:Guid+~ Classification7:Guid+~ Classification8:Guid+~
  ClassificationDescription:String Code:String+~ CodeAtSupplier:String+~ CompanySize:Guid+~
  ConsolidationScenario:Byte+~ ControlledDate:DateTime+~ Costcenter:String CostcenterDescription:String
  CostPaid:Byte Country:String+~ CountryName:String Created:DateTime Creator:Guid CreatorFullName:String
  CreditLinePurchase:Double+~ CreditLineSales:Double+~ Currency:String CustomerSince:DateTime CustomField:String
  DatevCreditorCode:String+~ DatevDebtorCode:String+~ DeliveryAdvice:Byte+~ DiscountPurchase:Double+~
  DiscountSales:Double+~ Division:Int32 Document:Guid DunsNumber:String Email:String+~
  EnableSalesPaymentLink:Boolean+~ EndDate:DateTime+~ EORINumber:String+~ EstablishedDate:DateTime+~ Fax:String+~
  GLAccountPurchase:Guid+~ GLAccountSales:Guid+~ GLAP:Guid+~ GLAR:Guid+~ GlnNumber:String+~
  HasWithholdingTaxSales:Boolean+~ IgnoreDatevWarningMessage:Boolean+~ IncotermAddressPurchase:String+~
  IncotermAddressSales:String+~ IncotermCodePurchase:String+~ IncotermCodeSales:String+~
  IncotermVersionPurchase:Int16+~ IncotermVersionSales:Int16+~ IntraStatArea:String+~ IntraStatDeliveryTerm:String+~
  IntraStatSystem:String+~ IntraStatTransactionA:String+~ IntraStatTransactionB:String+~
  IntraStatTransportMethod:String+~ InvoiceAccount:Guid+~ InvoiceAccountCode:String InvoiceAccountName:String
  InvoiceAttachmentType:Int32+~ InvoicingMethod:Int32+~ IsAccountant:Byte+~ IsAgency:Byte+~ IsAnonymised:Byte
  IsBank:Boolean IsCompetitor:Byte+~ IsExtraDuty:Boolean+~ IsMailing:Byte+~ IsMember:Boolean IsPilot:Boolean+~
  IsPurchase:Boolean IsReseller:Boolean+~ IsSales:Boolean IsSupplier:Boolean+~ Language:String+~
  LanguageDescription:String Latitude:Double+~ LeadPurpose:Guid+~ LeadSource:Guid+~ Logo:Binary+~
  LogoFileName:String+~ LogoThumbnailUrl:String LogoUrl:String Longitude:Double+~ MainContact:Guid+~
  Modified:DateTime Modifier:Guid ModifierFullName:String Name:String+~ OINNumber:String+~ Parent:Guid+~
  PayAsYouEarn:String+~ PaymentConditionPurchase:String+~ PaymentConditionPurchaseDescription:String
  PaymentConditionSales:String+~ PaymentConditionSalesDescription:String PeppolIdentifier:String+~
  PeppolIdentifierType:Int32+~ Phone:String+~ PhoneExtension:String+~ Postcode:String+~ PriceList:Guid+~
  PurchaseCurrency:String+~ PurchaseCurrencyDescription:String PurchaseLeadDays:Int32+~ PurchaseVATCode:String+~
  PurchaseVATCodeDescription:String RecepientOfCommissions:Boolean+~ Remarks:String+~ Reseller:Guid+~
  ResellerCode:String ResellerName:String RSIN:String+~ SalesCurrency:String+~ SalesCurrencyDescription:String
  SalesTaxSchedule:Guid+~ SalesTaxScheduleCode:String SalesTaxScheduleDescription:String SalesVATCode:String+~
  SalesVATCodeDescription:String SearchCode:String+~ SecurityLevel:Int32+~ SeparateInvPerProject:Byte+~
  SeparateInvPerSubscription:Byte+~ ShippingLeadDays:Int32+~ ShippingMethod:Guid+~ ShowRemarkForSales:Boolean+~
  Source:Byte StartDate:DateTime+~ State:String+~ StateName:String Status:String+~ StatusSince:DateTime
  TradeName:String+~ Type:String UniqueTaxpayerReference:String+~ VATLiability:String+~ VATNumber:String+~
  Website:String+~
`);

/** sync/CRM/Accounts: the same and the row version. */
export const SYNC_ACCOUNT_FIELDS: FieldTable = {
  ...ACCOUNT_FIELDS,
  Timestamp: { type: 'Int64', post: false, put: false },
};
