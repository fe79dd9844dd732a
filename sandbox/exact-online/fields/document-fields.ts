import { fieldTable } from './field-table.js';

/** documents/Documents, 48 fields. */
export const DOCUMENT_FIELDS = fieldTable(`
  ID:Guid+~ Account:Guid+~ AccountCode:String AccountName:String AmountFC:Double+~ Body:String+~ Category:Guid+~
  CategoryDescription:String+~ Contact:Guid+~ ContactFullName:String ContractID:Guid+~ ContractNumber:String
  Created:DateTime Creator:Guid CreatorFullName:String+~ Currency:String+~ Division:Int32 DocumentDate:DateTime+~
  DocumentFolder:Guid+~ DocumentFolderCode:String DocumentFolderDescription:String DocumentViewUrl:String
  ExpiryDate:DateTime+~ FinancialTransactionEntryID:Guid+~ HasEmptyBody:Boolean HID:Int32+~ InheritShare:Boolean+~
  Item:Guid+~ ItemCode:String ItemDescription:String Language:String+~ Modified:DateTime Modifier:Guid
  ModifierFullName:String Opportunity:Guid+~ Project:Guid+~ ProjectCode:String ProjectDescription:String
  ProposedEntryStatus:Int16+~ SalesInvoiceNumber:Int32+~ SalesOrderNumber:Int32+~ ScanServiceStatus:Int16+~
  SendMethod:Int32 ShopOrderNumber:Int32+~ Subject:String+~ TeamsMeetingId:String+~ Type:Int32+~
  TypeDescription:String
`);

/** documents/DocumentAttachments, 6 fields. */
export const DOCUMENT_ATTACHMENT_FIELDS = fieldTable(`
  ID:Guid+ Attachment:Binary+ Document:Guid+ FileName:String+ FileSize:Double Url:String
`);

/** documents/DocumentTypes, 9 fields. */
export const DOCUMENT_TYPE_FIELDS = fieldTable(`
  ID:Int32 Created:DateTime Description:String DocumentIsCreatable:Boolean DocumentIsDeletable:Boolean
  DocumentIsUpdatable:Boolean DocumentIsViewable:Boolean Modified:DateTime TypeCategory:Int32
`);
