import { fieldTable } from './field-table.js';

/** system/Divisions, 62 fields. */
export const DIVISION_FIELDS = fieldTable(`
  Code:Int32 AddressLine1:String AddressLine2:String AddressLine3:String ArchiveDate:DateTime BlockingStatus:Int32
  BusinessTypeCode:String BusinessTypeDescription:String ChamberOfCommerceEstablishment:String
  ChamberOfCommerceNumber:String City:String Class_01:Complex Class_02:Complex Class_03:Complex Class_04:Complex
  Class_05:Complex CompanySizeCode:String CompanySizeDescription:String Country:String Created:DateTime Creator:Guid
  CreatorFullName:String Currency:String Current:Boolean Customer:Guid CustomerCode:String CustomerName:String
  DatevAccountantNumber:String DatevClientNumber:String Description:String DivisionHRLinkUnlinkDate:DateTime
  DivisionMoveDate:DateTime Email:String Fax:String Hid:Int64 IsDossierDivision:Boolean IsHRDivision:Boolean
  IsMainDivision:Boolean IsPracticeDivision:Boolean Legislation:String Modified:DateTime Modifier:Guid
  ModifierFullName:String OBNumber:String Phone:String Postcode:String SbiCode:String SbiDescription:String
  SectorCode:String SectorDescription:String ShareCapital:Double SiretNumber:String StartDate:DateTime State:String
  Status:Int32 SubsectorCode:String SubsectorDescription:String TaxOfficeNumber:String TaxReferenceNumber:String
  TemplateCode:String VATNumber:String Website:String
`);

/** current/Me, 39 fields. */
export const ME_FIELDS = fieldTable(`
  UserID:Guid AccountingDivision:Int32 CurrentDivision:Int32 CustomerCode:String DivisionCustomer:Guid
  DivisionCustomerCode:String DivisionCustomerName:String DivisionCustomerSiretNumber:String
  DivisionCustomerVatNumber:String DossierDivision:Int32 Email:String EmployeeID:Guid FirstName:String
  FullName:String Gender:String Initials:String IsClientUser:Boolean IsEmployeeSelfServiceUser:Boolean
  IsMyFirmLiteUser:Boolean IsMyFirmPortalUser:Boolean IsOEIMigrationMandatory:Boolean IsStarterUser:Boolean
  Language:String LanguageCode:String LastName:String Legislation:Int64 MiddleName:String Mobile:String
  Nationality:String PackageCode:String Phone:String PhoneExtension:String PictureUrl:String ServerTime:String
  ServerUtcOffset:Double ThumbnailPicture:Binary ThumbnailPictureFormat:String Title:String UserName:String
`);

/** sync/Deleted, 7 fields. */
export const DELETED_FIELDS = fieldTable(`
  Timestamp:Int64 DeletedBy:Guid DeletedDate:DateTime Division:Int32 EntityKey:Guid EntityType:Int32 ID:Guid
`);

/** webhooks/WebhookSubscriptions, 10 fields. */
export const WEBHOOK_SUBSCRIPTION_FIELDS = fieldTable(`
  ID:Guid+~ CallbackURL:String+~ ClientID:Guid Created:DateTime Creator:Guid CreatorFullName:String
  Description:String Division:Int32 Topic:String+~ UserID:Guid+~
`);
