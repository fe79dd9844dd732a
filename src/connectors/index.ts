import { createClearFacts } from './clearfacts/index.js';
import type { Connector } from './contract/index.js';
import { exactOnline } from './exact-online/index.js';
import { files } from './files/index.js';
import { twinfield } from './twinfield/index.js';

/** What the settings of each connector hold besides address and app, by connector id. */
export type ConnectorExtras = Readonly<
  Record<string, { readonly extra: Readonly<Record<string, string>> } | null | undefined>
>;

/** Every accounting package that Openpost speaks with. A connector that is not in this list does not exist. */
export function installedConnectors(settings: ConnectorExtras): readonly Connector[] {
  return [
    exactOnline,
    twinfield,
    // The declaration says what the chosen profile can do, so the profile is known before anybody connects.
    createClearFacts(settings['clearfacts']?.extra['profile'] === 'extended' ? 'extended' : 'public'),
    files,
  ];
}
