import type { Core } from '@strapi/strapi';
import { resolveConfig, type PluginConfig } from '../config';
import type { BackendName } from '../contracts/queue';
import { nearest } from '../domain/nearest';
import { PLUGIN_ID } from '../plugin-id';
import { chooseBackend, lackingFor } from '../queue/choose-backend';
import { QUEUE_NAMES, type QueueName } from '../queue/message-queue';

/** Under this name the command `ai-jobs worker` leaves in Strapi's container what it was asked for, before Strapi loads. */
export const WORKER_ORDER = 'ai-jobs.worker-order';

/** What a process works on. */
export interface Workload {
  /** `server`: beside HTTP, in Strapi's own process; `process`: in one of its own, by `ai-jobs worker`. */
  kind: 'server' | 'process';
  queues: readonly QueueName[];
  /** Items at once per queue; null: as the job types' limits say. */
  concurrency: number | null;
}

/** What the command tells when it has begun. */
export interface StartedWorker {
  backend: BackendName;
  queues: { name: QueueName; concurrency: number }[];
  shutdownGraceMs: number;
}

/** Why a worker process does not begin: a sentence for whoever typed the command. */
export class WorkerRefusedError extends Error {
  override name = 'WorkerRefusedError';
}

const isQueueName = (name: string): name is QueueName => QUEUE_NAMES.some((known) => known === name);

/** @throws WorkerRefusedError naming the queues that do not exist */
function readQueues(names: string[]): QueueName[] {
  const known = names.filter(isQueueName);
  if (known.length === names.length) return [...new Set(known)];
  const sentences = names
    .filter((name) => !isQueueName(name))
    .map((name) => {
      const near = nearest(name, [...QUEUE_NAMES]);
      return `There is no queue "${name}".${near ? ` Did you mean "${near}"?` : ''}`;
    });
  throw new WorkerRefusedError(`${sentences.join(' ')} Queues are: ${QUEUE_NAMES.join(', ')}.`);
}

/**
 * What this process shall work on if `ai-jobs worker` has started it; null in a server, and in commands that merely load Strapi.
 * May be asked as soon as the configuration is loaded, before the database is touched.
 * @throws WorkerRefusedError where a queue does not exist, or the backend lacks what it needs or belongs to another process
 */
export function workerOrder(strapi: Core.Strapi): Workload | null {
  if (!strapi.has(WORKER_ORDER)) return null;
  const order = strapi.get(WORKER_ORDER) as { queues: string[] | null; concurrency: number | null };
  const queues = order.queues === null ? QUEUE_NAMES : readQueues(order.queues);
  const config = resolveConfig(
    (strapi.config.get(`plugin::${PLUGIN_ID}`) ?? {}) as PluginConfig,
    process.env
  );
  const { connection } = strapi.db.config;
  const choice = chooseBackend(config, connection);
  const lacking = lackingFor(choice, config, connection);
  if (lacking) {
    throw new WorkerRefusedError(
      `The plugin's configuration (config/plugins, "ai-jobs") is not valid: ${lacking}`
    );
  }
  if (choice.backend === 'embedded') {
    throw new WorkerRefusedError(
      'This project uses the embedded queue, which belongs to the Strapi server’s own process: that server does the work itself. ' +
        'Workers in processes of their own need Redis or PostgreSQL: set REDIS_URL (or queue.redisUrl in config/plugins under ' +
        '"ai-jobs") for the server and for the workers, or run Strapi on PostgreSQL. See docs/workers.md of strapi-plugin-ai-jobs.'
    );
  }
  return { kind: 'process', queues, concurrency: order.concurrency };
}
