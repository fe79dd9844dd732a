import { fieldTable } from './field-table.js';

/** activities/CommunicationNotes, 27 fields; GET and POST only. */
export const COMMUNICATION_NOTE_FIELDS = fieldTable(`
  ID:Guid+ Account:Guid+ AccountName:String Attachments:Collection Campaign:Guid+ CampaignDescription:String
  Contact:Guid+ ContactFullName:String Created:DateTime Creator:Guid CreatorFullName:String Date:DateTime+
  Division:Int32 Document:Guid+ DocumentSubject:String+ HID:Int32+ Modified:DateTime Modifier:Guid
  ModifierFullName:String Notes:String+ Opportunity:Guid+ OpportunityName:String+ Status:Int32
  StatusDescription:String Subject:String+ User:Guid+ UserFullName:String+
`);

/** activities/Tasks, 31 fields; GET and POST only. */
export const TASK_FIELDS = fieldTable(`
  ID:Guid+ Account:Guid+ AccountName:String ActionDate:DateTime+ Attachments:Collection Contact:Guid+
  ContactFullName:String Created:DateTime Creator:Guid CreatorFullName:String CustomTaskType:Guid+
  Description:String+ Division:Int32 Document:Guid+ DocumentSubject:String+ Employee:Guid+ HID:Int32+
  Modified:DateTime Modifier:Guid ModifierFullName:String Notes:String+ Opportunity:Guid+ OpportunityName:String+
  Project:Guid+ ProjectDescription:String+ Status:Int32 StatusDescription:String TaskType:Int32+
  TaskTypeDescription:String User:Guid+ UserFullName:String+
`);
