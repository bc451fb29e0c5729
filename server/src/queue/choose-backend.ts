import path from 'node:path';
import type { ResolvedConfig } from '../config';
import type { BackendName, QueueView } from '../contracts/queue';
import { createMessageQueue } from './create-message-queue';
import type { MessageQueue } from './message-queue';

export interface BackendChoice {
  backend: BackendName;
  because: QueueView['chosenBecause'];
}

/** Strapi's own database settings, as far as they are looked at here. */
export interface StrapiConnection {
  client?: unknown;
  connection?: unknown;
}

const isPostgres = (connection: StrapiConnection): boolean =>
  connection.client === 'postgres' || connection.client === 'pg';

/** Redis if a URL is given, else PostgreSQL if Strapi is on it, else the embedded queue; unless the configuration says. */
export function chooseBackend(config: ResolvedConfig, strapiConnection: StrapiConnection): BackendChoice {
  if (config.queue.backend !== 'auto') return { backend: config.queue.backend, because: 'configuration' };
  if (config.queue.redisUrl) return { backend: 'redis', because: 'redis_url' };
  if (isPostgres(strapiConnection)) return { backend: 'postgres', because: 'strapi_on_postgres' };
  return { backend: 'embedded', because: 'nothing_else' };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function postgresOf(strapiConnection: StrapiConnection) {
  const { connection } = strapiConnection;
  if (!isPostgres(strapiConnection) || typeof connection !== 'object' || connection === null) return null;
  const given: Record<string, unknown> = { ...connection };
  return {
    connectionString: text(given.connectionString),
    host: text(given.host),
    port: given.port === undefined ? undefined : Number(given.port),
    database: text(given.database),
    user: text(given.user),
    password: text(given.password),
    ssl:
      typeof given.ssl === 'boolean' || (typeof given.ssl === 'object' && given.ssl !== null)
        ? given.ssl
        : undefined,
  };
}

/** What a backend that the configuration has chosen, or that was chosen by itself, lacks: a sentence that names the option; or null. */
export function lackingFor(
  { backend }: BackendChoice,
  config: ResolvedConfig,
  strapiConnection: StrapiConnection
): string | null {
  if (backend === 'redis' && !config.queue.redisUrl)
    return 'queue.backend: "redis" needs an address: set queue.redisUrl, or REDIS_URL in the environment.';
  if (backend !== 'postgres' || postgresOf(strapiConnection)) return null;
  return isPostgres(strapiConnection)
    ? 'queue.backend: "postgres" reads the settings of Strapi’s database, which config/database gives as a function: give them as an object, or choose "redis" or "embedded".'
    : `queue.backend: "postgres" needs Strapi itself to be on PostgreSQL, and it is on ${String(strapiConnection.client)}: choose "redis" or "embedded", or leave the option out.`;
}

export function createQueueFor(
  choice: BackendChoice,
  parts: {
    config: ResolvedConfig;
    strapiConnection: StrapiConnection;
    projectDirectory: string;
    preparedDirectory: string;
    logger: {
      debug(message: string): void;
      info(message: string): void;
      warn(message: string): void;
      error(message: string): void;
    };
  }
): MessageQueue {
  const { config, logger } = parts;
  return createMessageQueue({
    backend: choice.backend,
    redisUrl: config.queue.redisUrl,
    keyPrefix: config.queue.keyPrefix,
    postgres: postgresOf(parts.strapiConnection),
    postgresSchema: config.queue.postgresSchema,
    embeddedDirectory: path.resolve(parts.projectDirectory, config.queue.directory),
    preparedDirectory: parts.preparedDirectory,
    logger: {
      debug: (message) => logger.debug(message),
      info: (message) => logger.info(message),
      warn: (message) => logger.warn(message),
      error: (message) => logger.error(message),
    },
  });
}
