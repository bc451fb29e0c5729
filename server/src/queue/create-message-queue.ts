import type { BackendName } from '../contracts/queue';
import { createAvailability } from './availability';
import type { Backend, BackendConnection, MessageToAdd, OpenQueue, QueueLogger } from './backends/backend';
import { createEmbeddedBackend } from './backends/embedded';
import { createPostgresBackend, type PostgresSettings } from './backends/postgres';
import { createRedisBackend } from './backends/redis';
import { createFallbackLimits } from './limits/fallback-limits';
import {
  QUEUE_NAMES,
  QueueUnavailableError,
  type Message,
  type MessageQueue,
  type QueueName,
} from './message-queue';
import { createMessageWorkers } from './message-workers';
import { oncePer } from './repeated-messages';
import { within } from './within';

/** Messages in one call of the backend: more would block the event loop. What came in part before a call failed does no harm. */
const CHUNK_SIZE = 500;

/** Milliseconds. */
const START_WAIT = 1_500;
const ENQUEUE_LIMIT = 1_900;
const STATE_LIMIT = 1_000;
const CLOSE_QUEUES_LIMIT = 2_000;
const CLOSE_LIMIT = 4_000;

export interface MessageQueueOptions {
  backend: BackendName;
  /** Needed by `redis`. */
  redisUrl: string | null;
  /** In front of every key in Redis. */
  keyPrefix: string;
  /** Needed by `postgres`. */
  postgres: PostgresSettings | null;
  /** The queue's own schema, beside Strapi's tables. Default: `ai_jobs_queue`. */
  postgresSchema?: string;
  /** Absolute; where `embedded` keeps its data. */
  embeddedDirectory: string;
  /** A tar.gz made by scripts/prepare-embedded.mjs; null: `embedded` makes its data directory itself, which takes longer. */
  preparedDirectory: string | null;
  logger: QueueLogger;
}

function createBackend(options: MessageQueueOptions): Backend {
  switch (options.backend) {
    case 'redis':
      if (!options.redisUrl) throw new Error('The queue backend "redis" needs a Redis URL.');
      return createRedisBackend(options.redisUrl, options.keyPrefix, options.logger);
    case 'postgres':
      if (!options.postgres)
        throw new Error('The queue backend "postgres" needs the settings of a PostgreSQL database.');
      return createPostgresBackend(
        options.postgres,
        options.postgresSchema ?? 'ai_jobs_queue',
        options.logger
      );
    case 'embedded':
      return createEmbeddedBackend(options.embeddedDirectory, options.preparedDirectory, options.logger);
  }
}

function toBullMQ({ itemIds, sequence, delayMs }: Message): MessageToAdd {
  const [itemId, ...more] = itemIds;
  if (itemId === undefined) throw new Error('A message without items was to be enqueued.');
  const single = more.length === 0;
  return {
    name: single ? 'item' : 'items',
    data: single ? { itemId } : { itemIds },
    opts: {
      jobId: `${single ? 'item' : 'items'}-${itemId}-${sequence}`,
      attempts: 1,
      removeOnComplete: true,
      removeOnFail: true,
      ...(delayMs ? { delay: Math.ceil(delayMs) } : {}),
    },
  };
}

/**
 * BullMQ on the backend that the options name. Connects to nothing, and loads neither BullMQ nor a driver, before `start()`.
 * @throws Error where the options lack what their backend needs.
 */
export function createMessageQueue(options: MessageQueueOptions): MessageQueue {
  const { logger } = options;
  const backend = createBackend(options);
  const queues = new Map<QueueName, OpenQueue>();
  const debug = oncePer(60_000, (text) => logger.debug(text));
  const workers = createMessageWorkers(
    logger,
    (error) => backend.explain(error).message,
    () => availability.checkSoon()
  );
  let closing: Promise<void> | null = null;

  const openQueues = (connection: BackendConnection) => {
    for (const name of QUEUE_NAMES) {
      const queue = connection.openQueue(name);
      queue.on('error', (error) => debug(`A queue met an error: ${backend.explain(error).message}`));
      queues.set(name, queue);
    }
  };
  const closeQueues = async () => {
    const open = [...queues.values()];
    queues.clear();
    await within(CLOSE_QUEUES_LIMIT, Promise.all(open.map((queue) => queue.close()))).catch(
      (error: unknown) => logger.debug(`A queue did not close: ${backend.explain(error).message}`)
    );
  };
  const availability = createAvailability(
    backend,
    {
      opened(connection) {
        openQueues(connection);
        workers.open(connection);
      },
      async dropped() {
        await workers.drop();
        await closeQueues();
      },
    },
    logger
  );

  const close = async (graceMs: number, enqueuing?: Promise<unknown>) => {
    const answers = availability.ready() !== null;
    // Work in hand may still need limits and messages while it ends.
    await Promise.all([workers.close(graceMs, answers), enqueuing]);
    // A database may be in the middle of its start: it is then closed when it has started, and nobody waits for that.
    const connectionClosed = availability.stop().then(async (connection) => {
      await closeQueues();
      await connection?.close();
    });
    await within(CLOSE_LIMIT, connectionClosed).catch((error: unknown) =>
      logger.warn(`The queue (${backend.name}) did not close cleanly: ${backend.explain(error).message}`)
    );
  };

  return {
    backend: backend.name,
    limits: createFallbackLimits(() => availability.ready()?.limits ?? null),
    start: () => availability.start(),
    onReady: (listener) => availability.onReady(listener),
    isReady: () => availability.ready() !== null,

    async enqueue(name, messages) {
      let deadline = Date.now() + ENQUEUE_LIMIT;
      const connection = await availability.whenReady(START_WAIT);
      const queue = queues.get(name);
      if (!connection || !queue) {
        throw new QueueUnavailableError(
          availability.error()?.message ?? `The queue (${backend.name}) is not ready yet.`
        );
      }
      for (let start = 0; start < messages.length; start += CHUNK_SIZE) {
        try {
          await within(
            deadline - Date.now(),
            queue.addBulk(messages.slice(start, start + CHUNK_SIZE).map(toBullMQ))
          );
        } catch (cause) {
          availability.checkSoon();
          throw new QueueUnavailableError(backend.explain(cause).message, { cause });
        }
        deadline = Date.now() + ENQUEUE_LIMIT;
      }
    },

    work: (queue, task) => workers.add(queue, task),
    setConcurrency: (queue, concurrency) => workers.setConcurrency(queue, concurrency),

    async state() {
      const counts = { waiting: 0, active: 0, delayed: 0, failed: 0 };
      if (availability.ready()) {
        try {
          const perQueue = await within(
            STATE_LIMIT,
            Promise.all(
              [...queues.values()].map((queue) =>
                queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed')
              )
            )
          );
          for (const count of perQueue) {
            counts.waiting += (count.waiting ?? 0) + (count.prioritized ?? 0);
            counts.active += count.active ?? 0;
            counts.delayed += count.delayed ?? 0;
            counts.failed += count.failed ?? 0;
          }
        } catch (error) {
          availability.checkSoon();
          return {
            backend: backend.name,
            state: 'unavailable' as const,
            error: backend.explain(error),
            ...counts,
          };
        }
      }
      return { backend: backend.name, state: availability.state(), error: availability.error(), ...counts };
    },

    close(graceMs, enqueuing) {
      closing ??= close(graceMs, enqueuing);
      return closing;
    },
  };
}
