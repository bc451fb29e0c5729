import type { Redis, RedisOptions } from 'ioredis';
import { createRedisLimits } from '../limits/redis-limits';
import { within } from '../within';
import type { ReasonParams } from '../../contracts/reason';
import {
  BackendError,
  trouble,
  WORKER_OPTIONS,
  type Backend,
  type MessageData,
  type QueueLogger,
} from './backend';
import { placeParams, saidInOwnWords } from './own-words';
import { errorText, redact, secretsOfUrl } from './redact';

/** BullMQ refuses anything older. */
const OLDEST_REDIS_MAJOR = 5;
const CONNECT_TIMEOUT_MS = 4_000;

/** Host and port of a Redis URL, without the rest; null where it is no URL. */
function placeOf(url: string): string | null {
  try {
    const { hostname, port } = new URL(url);
    return `${hostname}:${port || 6379}`;
  } catch {
    return null;
  }
}

/** One line of Redis's INFO, or null. */
function infoLine(info: string, name: string): string | null {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
}

/**
 * Connects a client.
 * @throws the driver's error; the client is then ended. Once connected it reconnects by itself, for ever.
 */
async function connectClient(
  createClient: (options: RedisOptions) => Redis,
  options: RedisOptions
): Promise<Redis> {
  let established = false;
  const client = createClient({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAlive: 10_000,
    // A connection that was there once is tried again and again; the first one is tried again by the caller.
    retryStrategy: (times) => (established ? Math.min(times * 200, 3_000) : null),
  });
  let lastError: Error | null = null;
  client.on('error', (error: Error) => {
    lastError = error;
  });
  try {
    await within(CONNECT_TIMEOUT_MS + 1_000, client.connect());
    established = true;
    // BullMQ makes its blocking connections as copies of this one: they shall connect by themselves, and keep trying.
    client.options.lazyConnect = false;
    return client;
  } catch (error) {
    client.disconnect();
    // "Connection is closed." hides the error that came before it.
    throw lastError ?? error;
  }
}

/** Says what in the server's configuration would lose messages; returns whether BullMQ may look at it as well. */
function checkServer(info: string, place: ReasonParams, logger: QueueLogger): { knownGood: boolean } {
  const version = infoLine(info, 'redis_version') ?? '';
  const major = Number.parseInt(version, 10);
  if (major < OLDEST_REDIS_MAJOR) {
    throw new BackendError('queue_redis_old', { ...place, version });
  }
  const policy = infoLine(info, 'maxmemory_policy');
  if (policy && policy !== 'noeviction') {
    logger.error(
      `Redis at ${String(place.place)} has maxmemory-policy "${policy}": it may throw messages away when its memory is full. ` +
        'Set maxmemory-policy to noeviction. Lost messages are sent again, later.'
    );
  }
  return { knownGood: (policy === null || policy === 'noeviction') && Number.parseFloat(version) >= 6.2 };
}

/**
 * Redis, or what speaks like it (Valkey, Dragonfly).
 * @param url `redis://` or `rediss://`
 * @param keyPrefix in front of every key.
 */
export function createRedisBackend(url: string, keyPrefix: string, logger: QueueLogger): Backend {
  const place = placeParams(placeOf(url));
  const secrets = secretsOfUrl(url);

  return {
    name: 'redis',

    async connect(events) {
      const [{ Queue, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
      const createClient = (options: RedisOptions) => new Redis(url, options);

      // Two clients, as they must fail in opposite ways: what a person waits for fails at once, a worker waits for ever.
      const producer = await connectClient(createClient, {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        commandTimeout: 2_000,
      });
      const consumer = await connectClient(createClient, { maxRetriesPerRequest: null }).catch(
        (error: unknown) => {
          producer.disconnect();
          throw error;
        }
      );
      const close = () => {
        producer.removeAllListeners('close').removeAllListeners('ready');
        producer.disconnect();
        consumer.disconnect();
        return Promise.resolve();
      };

      try {
        const { knownGood } = checkServer(await producer.info(), place, logger);
        producer.on('close', events.changed).on('ready', events.changed);
        // Where the check above has complained, BullMQ's own would do so on every connection, on the console.
        const common = { prefix: keyPrefix, skipVersionCheck: !knownGood };
        const limits = createRedisLimits(producer, keyPrefix);
        return {
          limits,
          openQueue: (name) =>
            new Queue<MessageData>(name, { ...common, connection: producer, skipWaitingForReady: true }),
          openWorker: (name, process) =>
            new Worker<MessageData>(name, process, {
              ...common,
              ...WORKER_OPTIONS,
              connection: consumer,
            }),
          async ping() {
            await producer.ping();
          },
          async close() {
            await limits.leave();
            await close();
          },
        };
      } catch (error) {
        await close();
        throw error;
      }
    },

    explain(error) {
      if (error instanceof BackendError) return error.reason;
      // The driver's own words for a command given while there is no connection say nothing to a person.
      const text = redact(errorText(error), secrets);
      const lost = /^(Stream isn't writeable|Connection is closed)/.test(text);
      const params = { ...place, ...(lost ? saidInOwnWords('detail_connection_lost') : { said: text }) };
      if (/NOAUTH|WRONGPASS|invalid password|NOPERM/i.test(text)) {
        return trouble('queue_redis_refused', params);
      }
      if (/^OOM/.test(text)) return trouble('queue_redis_full', params);
      return trouble('queue_redis_away', params);
    },
  };
}
