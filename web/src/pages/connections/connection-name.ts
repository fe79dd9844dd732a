import { useConnectors } from '../../api/queries';
import type { Connection } from '../../api/types';
import { nameOf } from '../../ui/server-words';
import { useText } from '../../ui/text';

/** Says a connection's name with the package called as it is everywhere else. */
export function useConnectionName(): (connection: Pick<Connection, 'connector' | 'name'>) => string {
  const text = useText();
  const connectors = useConnectors().data?.items;
  return ({ connector, name }) => {
    const known = connectors?.find(({ id }) => id === connector);
    if (known === undefined || !name.startsWith(known.name)) return name;
    return nameOf(known, text) + name.slice(known.name.length);
  };
}
