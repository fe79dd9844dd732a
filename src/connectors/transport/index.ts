export { postForm, type FormPost } from './post-form.client.js';
export { redact } from './redact.js';
export { createSourceHttp, type CallSeen, type SourceHttpOptions } from './source-http.client.js';
