export { ConnectionNotices } from './notices.service.js';
export { NoticeRepository } from './notice.repository.js';
