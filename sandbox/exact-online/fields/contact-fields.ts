import { fieldTable, type FieldTable } from './field-table.js';

/** crm/Contacts, 70 fields. */
export const CONTACT_FIELDS = fieldTable(`
  ID:Guid+~ Account:Guid+~ AccountIsCustomer:Boolean AccountIsSupplier:Boolean AccountMainContact:Guid
  AccountName:String AddressLine2:String AddressStreet:String AddressStreetNumber:String
  AddressStreetNumberSuffix:String AllowMailing:Int32 BirthDate:DateTime+~ BirthName:String+~
  BirthNamePrefix:String+~ BirthPlace:String+~ BusinessEmail:String+~ BusinessFax:String+~ BusinessMobile:String+~
  BusinessPhone:String+~ BusinessPhoneExtension:String+~ City:String Code:String Country:String Created:DateTime
  Creator:Guid CreatorFullName:String CustomField:String Division:Int32 Email:String+~ EndDate:DateTime+~
  FirstName:String+~ FullName:String Gender:String+~ HID:Int32+~ IdentificationDate:DateTime+~
  IdentificationDocument:Guid+~ IdentificationUser:Guid+~ Initials:String+~ IsAnonymised:Byte
  IsMailingExcluded:Boolean+~ IsMainContact:Boolean JobTitleDescription:String+~ Language:String+~ LastName:String+~
  LeadPurpose:Guid+~ LeadSource:Guid+~ MarketingNotes:String+~ MiddleName:String+~ Mobile:String+~ Modified:DateTime
  Modifier:Guid ModifierFullName:String Nationality:String+~ Notes:String+~ PartnerName:String
  PartnerNamePrefix:String Person:Guid+~ Phone:String+~ PhoneExtension:String Picture:Binary+~ PictureName:String+~
  PictureThumbnailUrl:String PictureUrl:String Postcode:String SocialSecurityNumber:String+~ StartDate:DateTime+~
  State:String Title:String+~ TitleAbbreviation:String TitleDescription:String
`);

/** sync/CRM/Contacts: the same and the row version. */
export const SYNC_CONTACT_FIELDS: FieldTable = {
  ...CONTACT_FIELDS,
  Timestamp: { type: 'Int64', post: false, put: false },
};
