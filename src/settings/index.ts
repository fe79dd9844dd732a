export { readSettings } from './environment.js';
export { loadSettings } from './load.js';
export { Settings, type ConnectorCredentials, type LogLevel, type SettingsValues } from './settings.js';
