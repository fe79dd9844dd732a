export { listBrowseFields, readBrowseDefinition } from './definition.js';
export { runBrowse } from './run.js';
