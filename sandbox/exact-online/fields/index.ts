export * from './account-fields.js';
export * from './activity-fields.js';
export * from './cashflow-fields.js';
export * from './contact-fields.js';
export * from './document-fields.js';
export * from './field-table.js';
export * from './function-fields.js';
export * from './system-fields.js';
