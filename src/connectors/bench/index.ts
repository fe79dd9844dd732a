export { checkConnector, type Finding } from './check-connector.js';
export { runConnectorCommand, type BenchWorld } from './command.js';
