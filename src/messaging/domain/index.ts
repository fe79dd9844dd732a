export * from './message.js';
export { composeMessage } from './compose.js';
export { enterpriseLine, senderLines } from './figures.js';
export { sampleMessageInput } from './sample.js';
export { validateTemplate, type TemplateProblem } from './template-engine.js';
export { fill, WORDS, type Words } from './words.js';
