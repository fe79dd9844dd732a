export * from './faults.js';
export * from './request.js';
export * from './wsdl.js';
