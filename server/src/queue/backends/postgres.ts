import type * as pg from 'pg';
import type { PoolConfig } from 'pg';
import { createLimitTables, createPostgresLimits } from '../limits/postgres-limits';
import { BackendError, trouble, type Backend, type QueueLogger } from './backend';
import { placeParams } from './own-words';
import { errorText, redact, secretsOfUrl } from './redact';
import { openInSchema } from './schema-backend';

/** How PostgreSQL is reached; as Strapi's own database configuration has it. */
export interface PostgresSettings {
  connectionString?: string;
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  ssl?: boolean | object;
}

/** The part of node-postgres that is used here. */
type Driver = Pick<typeof pg, 'Pool' | 'TypeOverrides' | 'types'>;

/** Five for workers that listen, one per queue, and a few for everything else. */
const MOST_CONNECTIONS = 10;

/** The driver's own settings: every connection finds its tables in `schema`. */
function poolConfig(settings: PostgresSettings, schema: string): PoolConfig {
  const { connectionString, ...rest } = settings;
  const options = [`-c search_path="${schema}"`];
  const config: PoolConfig = {
    ...rest,
    max: MOST_CONNECTIONS,
    application_name: 'ai-jobs',
    connectionTimeoutMillis: 4_000,
    query_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  if (connectionString) {
    // What a connection string says wins over the rest of the configuration, so its options have to be taken out of it.
    const [address = '', query = ''] = connectionString.split('?', 2);
    const params = new URLSearchParams(query);
    const own = params.get('options');
    if (own) options.unshift(own);
    params.delete('options');
    config.connectionString = params.size > 0 ? `${address}?${params.toString()}` : address;
  }
  return { ...config, options: options.join(' ') };
}

/** Where the database is, without user and password; null where the connection string is no URL. */
function placeOf({ connectionString, host, port, database }: PostgresSettings): string | null {
  if (!connectionString) return `${host ?? 'localhost'}:${port ?? 5432}/${database ?? ''}`;
  try {
    const url = new URL(connectionString);
    return `${url.host}${url.pathname}`;
  } catch {
    return null;
  }
}

async function loadDriver(): Promise<Driver> {
  try {
    const loaded = await import('pg');
    return loaded.Pool ? loaded : loaded.default;
  } catch (cause) {
    throw new BackendError('queue_postgres_driver_missing', {}, { cause });
  }
}

/** Reads JSON as the driver does by itself: Strapi switches that off, for the whole process, and BullMQ counts on it. */
function ownTypes({ TypeOverrides, types }: Driver): PoolConfig['types'] {
  const own = new TypeOverrides();
  for (const type of [types.builtins.JSON, types.builtins.JSONB])
    own.setTypeParser(type, 'text', (text: string): unknown => JSON.parse(text));
  return own;
}

/**
 * PostgreSQL 13 or newer, in a schema of its own.
 * @param schema letters, digits and underscores.
 */
export function createPostgresBackend(
  settings: PostgresSettings,
  schema: string,
  logger: QueueLogger
): Backend {
  const place = placeParams(placeOf(settings));
  const secrets = [...secretsOfUrl(settings.connectionString), settings.password];

  return {
    name: 'postgres',

    async connect(events) {
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) {
        throw new BackendError('queue_postgres_schema_malformed', { schema });
      }
      const [bullmq, driver] = await Promise.all([import('bullmq'), loadDriver()]);
      const pool = new driver.Pool({ ...poolConfig(settings, schema), types: ownTypes(driver) });
      // Each queue and worker listens to the pool, and says so again what is said here.
      pool.setMaxListeners(50);
      pool.on('error', (error) => {
        logger.debug(`A connection to PostgreSQL ended: ${redact(errorText(error), secrets)}`);
        events.changed();
      });
      try {
        const client = await pool.connect();
        try {
          await bullmq.runMigrations(client, schema);
          await createLimitTables(client, schema);
        } finally {
          client.release();
        }
      } catch (error) {
        await pool.end();
        throw error;
      }
      const limits = createPostgresLimits(pool, schema);
      return {
        ...openInSchema(bullmq, pool, schema),
        limits,
        async ping() {
          await pool.query('select 1');
        },
        async close() {
          await limits.leave();
          await pool.end();
        },
      };
    },

    explain(error) {
      if (error instanceof BackendError) return error.reason;
      const said = redact(errorText(error), secrets);
      if (/password authentication|no pg_hba\.conf|role .* does not exist/i.test(said)) {
        return trouble('queue_postgres_refused', { ...place, said });
      }
      if (/permission denied/i.test(said)) {
        return trouble('queue_postgres_schema_forbidden', { ...place, schema, said });
      }
      return trouble('queue_postgres_away', { ...place, said });
    },
  };
}
