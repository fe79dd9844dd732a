export { Inbox } from './inbox.service.js';
