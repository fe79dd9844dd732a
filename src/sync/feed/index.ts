export { ChangesController } from './changes.controller.js';
export { FEED_START, parseCursor, writeCursor, type FeedCursor } from './feed-cursor.js';
export type { Change, ChangesView } from './feed-view.js';
export { FeedRepository, type Consumer } from './feed.repository.js';
export { ChangeFeed, holdBooks, shareBooks } from './feed.service.js';
