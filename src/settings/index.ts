export { readSettings, type LogLevel } from './environment.js';
export { loadSettings } from './load.js';
export { Settings, type ConnectorCredentials, type SettingsValues } from './settings.js';
