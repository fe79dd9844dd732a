import { types } from 'pg';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { SnakeNamingStrategy } from './naming.js';

/** Calendar dates stay text (`YYYY-MM-DD`): pg's default would turn them into instants of the machine's own zone. */
types.setTypeParser(types.builtins.DATE, (text) => text);

type EntityClass = abstract new (...parameters: never[]) => unknown;

interface DataSourceSettings {
  readonly url: string;
  readonly entities?: readonly (EntityClass | EntitySchema)[];
  readonly poolSize?: number;
}

/** The app's own connections: each session starts as `openpost_app`, which row-level security binds. */
export function appDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    ...baseOptions(settings),
    // `-c role=` at session start: even a forgotten SET cannot leave a session with the owner's rights.
    extra: { max: settings.poolSize ?? 10, options: '-c role=openpost_app -c timezone=UTC', keepAlive: true },
  });
}

/** The owner's connections, for migrations only: one holds the lock, the other runs them. */
export function ownerDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({ ...baseOptions(settings), extra: { max: 2, options: '-c timezone=UTC' } });
}

function baseOptions(settings: DataSourceSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    entities: [...(settings.entities ?? [])] as never,
    migrations: [...MIGRATIONS],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    logging: false,
    applicationName: 'openpost',
  };
}
