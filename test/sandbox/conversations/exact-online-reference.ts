/** The types of the reference, as far as they occur here; a collection that was not asked for is deferred. */
export type EdmName =
  | 'Guid'
  | 'String'
  | 'DateTime'
  | 'Int64'
  | 'Int32'
  | 'Int16'
  | 'Byte'
  | 'Double'
  | 'Boolean'
  | 'Binary'
  | 'Complex'
  | 'Deferred';

/** Names and types of the reference (July 2025), by endpoint: what a row without `$select` holds, no more and no less. */
export const REFERENCE = {
  Receivables: {
    Guid: `
      ID Account AccountBankAccountID AccountContact BankAccountID Creator DirectDebitMandate Document EntryID
      GLAccount Modifier ReceivableSelector TransactionEntryID TransactionID
    `,
    String: `
      AccountBankAccountNumber AccountCode AccountContactName AccountCountry AccountName BankAccountNumber
      CashflowTransactionBatchCode CreatorFullName Currency Description DirectDebitMandateDescription
      DirectDebitMandateReference DocumentSubject EndToEndID GLAccountCode GLAccountDescription Journal
      JournalDescription ModifierFullName PaymentCondition PaymentConditionDescription PaymentInformationID
      PaymentMethod PaymentReference ReceivableSelectorFullName YourRef
    `,
    Double: `
      AmountDC AmountDiscountDC AmountDiscountFC AmountFC PaymentDiscountPercentage RateFC TransactionAmountDC
      TransactionAmountFC
    `,
    DateTime: `
      Created DiscountDueDate DueDate EndDate EntryDate InvoiceDate LastPaymentDate Modified ReceivableSelected
      TransactionDueDate
    `,
    Int16: `
      DirectDebitMandatePaymentType DirectDebitMandateType EndPeriod EndYear Status TransactionReportingPeriod
      TransactionReportingYear TransactionStatus
    `,
    Int32: `
      Division DocumentNumber EntryNumber InvoiceNumber OrderNumber PaymentDays PaymentDaysDiscount
      ReceivableBatchNumber Source TransactionType
    `,
    Byte: `IsBatchBooking`,
    Boolean: `IsFullyPaid TransactionIsReversal`,
  },
  ReceivablesList: {
    Int64: `HID`,
    String: `AccountCode AccountName CurrencyCode Description JournalCode JournalDescription YourRef`,
    Guid: `AccountId Id`,
    Double: `Amount AmountInTransit`,
    DateTime: `DueDate InvoiceDate`,
    Int32: `EntryNumber InvoiceNumber`,
    Deferred: `Notes`,
  },
  PaymentConditions: {
    Guid: `ID Creator CreditManagementScenario Modifier`,
    String: `
      Code CreatorFullName CreditManagementScenarioCode CreditManagementScenarioDescription Description
      DiscountCalculation ModifierFullName PaymentDiscountType PaymentMethod VATCalculation
    `,
    DateTime: `Created Modified`,
    Int32: `DiscountPaymentDays Division PaymentDays PaymentEndOfMonths`,
    Double: `DiscountPercentage Percentage`,
  },
  Accounts: {
    Guid: `
      ID Accountant AccountManager ActivitySector ActivitySubSector BRIN BusinessType Classification1
      Classification2 Classification3 Classification4 Classification5 Classification6 Classification7
      Classification8 CompanySize Creator Document GLAccountPurchase GLAccountSales GLAP GLAR InvoiceAccount
      LeadPurpose LeadSource MainContact Modifier Parent PriceList Reseller SalesTaxSchedule ShippingMethod
    `,
    String: `
      AccountManagerFullName AddressLine1 AddressLine2 AddressLine3 BSN ChamberOfCommerce City Classification
      ClassificationDescription Code CodeAtSupplier Costcenter CostcenterDescription Country CountryName
      CreatorFullName Currency CustomField DatevCreditorCode DatevDebtorCode DunsNumber Email EORINumber Fax
      GlnNumber IncotermAddressPurchase IncotermAddressSales IncotermCodePurchase IncotermCodeSales IntraStatArea
      IntraStatDeliveryTerm IntraStatSystem IntraStatTransactionA IntraStatTransactionB IntraStatTransportMethod
      InvoiceAccountCode InvoiceAccountName Language LanguageDescription LogoFileName LogoThumbnailUrl LogoUrl
      ModifierFullName Name OINNumber PayAsYouEarn PaymentConditionPurchase PaymentConditionPurchaseDescription
      PaymentConditionSales PaymentConditionSalesDescription PeppolIdentifier Phone PhoneExtension Postcode
      PurchaseCurrency PurchaseCurrencyDescription PurchaseVATCode PurchaseVATCodeDescription Remarks ResellerCode
      ResellerName RSIN SalesCurrency SalesCurrencyDescription SalesTaxScheduleCode SalesTaxScheduleDescription
      SalesVATCode SalesVATCodeDescription SearchCode State StateName Status TradeName Type UniqueTaxpayerReference
      VATLiability VATNumber Website
    `,
    Int32: `
      AccountManagerHID Division InvoiceAttachmentType InvoicingMethod PeppolIdentifierType PurchaseLeadDays
      SecurityLevel ShippingLeadDays
    `,
    Byte: `
      AddressSource AutomaticProcessProposedEntry ConsolidationScenario CostPaid DeliveryAdvice IsAccountant
      IsAgency IsAnonymised IsCompetitor IsMailing SeparateInvPerProject SeparateInvPerSubscription Source
    `,
    Deferred: `BankAccounts`,
    Boolean: `
      Blocked CanDropShip EnableSalesPaymentLink HasWithholdingTaxSales IgnoreDatevWarningMessage IsBank IsExtraDuty
      IsMember IsPilot IsPurchase IsReseller IsSales IsSupplier RecepientOfCommissions ShowRemarkForSales
    `,
    DateTime: `ControlledDate Created CustomerSince EndDate EstablishedDate Modified StartDate StatusSince`,
    Double: `CreditLinePurchase CreditLineSales DiscountPurchase DiscountSales Latitude Longitude`,
    Int16: `IncotermVersionPurchase IncotermVersionSales`,
    Binary: `Logo`,
  },
  Contacts: {
    Guid: `
      ID Account AccountMainContact Creator IdentificationDocument IdentificationUser LeadPurpose LeadSource
      Modifier Person
    `,
    Boolean: `AccountIsCustomer AccountIsSupplier IsMailingExcluded IsMainContact`,
    String: `
      AccountName AddressLine2 AddressStreet AddressStreetNumber AddressStreetNumberSuffix BirthName BirthNamePrefix
      BirthPlace BusinessEmail BusinessFax BusinessMobile BusinessPhone BusinessPhoneExtension City Code Country
      CreatorFullName CustomField Email FirstName FullName Gender Initials JobTitleDescription Language LastName
      MarketingNotes MiddleName Mobile ModifierFullName Nationality Notes PartnerName PartnerNamePrefix Phone
      PhoneExtension PictureName PictureThumbnailUrl PictureUrl Postcode SocialSecurityNumber State Title
      TitleAbbreviation TitleDescription
    `,
    Int32: `AllowMailing Division HID`,
    DateTime: `BirthDate Created EndDate IdentificationDate Modified StartDate`,
    Byte: `IsAnonymised`,
    Binary: `Picture`,
  },
  Deleted: {
    Int64: `Timestamp`,
    Guid: `DeletedBy EntityKey ID`,
    DateTime: `DeletedDate`,
    Int32: `Division EntityType`,
  },
  CommunicationNotes: {
    Guid: `ID Account Campaign Contact Creator Document Modifier Opportunity User`,
    String: `
      AccountName CampaignDescription ContactFullName CreatorFullName DocumentSubject ModifierFullName Notes
      OpportunityName StatusDescription Subject UserFullName
    `,
    Deferred: `Attachments`,
    DateTime: `Created Date Modified`,
    Int32: `Division HID Status`,
  },
  Tasks: {
    Guid: `ID Account Contact Creator CustomTaskType Document Employee Modifier Opportunity Project User`,
    String: `
      AccountName ContactFullName CreatorFullName Description DocumentSubject ModifierFullName Notes OpportunityName
      ProjectDescription StatusDescription TaskTypeDescription UserFullName
    `,
    DateTime: `ActionDate Created Modified`,
    Deferred: `Attachments`,
    Int32: `Division HID Status TaskType`,
  },
  Documents: {
    Guid: `
      ID Account Category Contact ContractID Creator DocumentFolder FinancialTransactionEntryID Item Modifier
      Opportunity Project
    `,
    String: `
      AccountCode AccountName Body CategoryDescription ContactFullName ContractNumber CreatorFullName Currency
      DocumentFolderCode DocumentFolderDescription DocumentViewUrl ItemCode ItemDescription Language
      ModifierFullName ProjectCode ProjectDescription Subject TeamsMeetingId TypeDescription
    `,
    Double: `AmountFC`,
    DateTime: `Created DocumentDate ExpiryDate Modified`,
    Int32: `Division HID SalesInvoiceNumber SalesOrderNumber SendMethod ShopOrderNumber Type`,
    Boolean: `HasEmptyBody InheritShare`,
    Int16: `ProposedEntryStatus ScanServiceStatus`,
  },
  DocumentAttachments: {
    Guid: `ID Document`,
    Binary: `Attachment`,
    String: `FileName Url`,
    Double: `FileSize`,
  },
  DocumentTypes: {
    Int32: `ID TypeCategory`,
    DateTime: `Created Modified`,
    String: `Description`,
    Boolean: `DocumentIsCreatable DocumentIsDeletable DocumentIsUpdatable DocumentIsViewable`,
  },
  Divisions: {
    Int32: `Code BlockingStatus Status`,
    String: `
      AddressLine1 AddressLine2 AddressLine3 BusinessTypeCode BusinessTypeDescription ChamberOfCommerceEstablishment
      ChamberOfCommerceNumber City CompanySizeCode CompanySizeDescription Country CreatorFullName Currency
      CustomerCode CustomerName DatevAccountantNumber DatevClientNumber Description Email Fax Legislation
      ModifierFullName OBNumber Phone Postcode SbiCode SbiDescription SectorCode SectorDescription SiretNumber State
      SubsectorCode SubsectorDescription TaxOfficeNumber TaxReferenceNumber TemplateCode VATNumber Website
    `,
    DateTime: `ArchiveDate Created DivisionHRLinkUnlinkDate DivisionMoveDate Modified StartDate`,
    Complex: `Class_01 Class_02 Class_03 Class_04 Class_05`,
    Guid: `Creator Customer Modifier`,
    Boolean: `Current IsDossierDivision IsHRDivision IsMainDivision IsPracticeDivision`,
    Int64: `Hid`,
    Double: `ShareCapital`,
  },
  Me: {
    Guid: `UserID DivisionCustomer EmployeeID`,
    Int32: `AccountingDivision CurrentDivision DossierDivision`,
    String: `
      CustomerCode DivisionCustomerCode DivisionCustomerName DivisionCustomerSiretNumber DivisionCustomerVatNumber
      Email FirstName FullName Gender Initials Language LanguageCode LastName MiddleName Mobile Nationality
      PackageCode Phone PhoneExtension PictureUrl ServerTime ThumbnailPictureFormat Title UserName
    `,
    Boolean: `
      IsClientUser IsEmployeeSelfServiceUser IsMyFirmLiteUser IsMyFirmPortalUser IsOEIMigrationMandatory
      IsStarterUser
    `,
    Int64: `Legislation`,
    Double: `ServerUtcOffset`,
    Binary: `ThumbnailPicture`,
  },
  WebhookSubscriptions: {
    Guid: `ID ClientID Creator UserID`,
    String: `CallbackURL CreatorFullName Description Topic`,
    DateTime: `Created`,
    Int32: `Division`,
  },
} as const satisfies Record<string, Readonly<Partial<Record<EdmName, string>>>>;
