import { fieldTable } from './field-table.js';

/** read/sync/Sync/SyncTimestamp (a function): the row version from which changes since `modified` can be read. */
export const SYNC_TIMESTAMP_FIELDS = fieldTable('Modified:DateTime API:String TimeStampAsBigInt:Int64');

/** users/UserHasRights (a function). */
export const USER_HAS_RIGHTS_FIELDS = fieldTable('UserHasRights:Boolean');
