import type * as BullMQModule from 'bullmq';
import type { BackendFactory, PgPool, PostgresQueueBackend } from 'bullmq';
import { WORKER_OPTIONS, type BackendConnection, type MessageData } from './backend';

type BullMQ = typeof BullMQModule;

/** Adding in bulk makes two temporary tables and takes them away again, each time: up to so many messages are cheaper one by one. */
const MOST_ONE_BY_ONE = 4;

/**
 * BullMQ's own factory keeps everything given as a pool in the schema `bullmq`. This one keeps it in any schema, so that one pool
 * serves all queues and workers.
 */
function createFactory(bullmq: BullMQ, schema: string): BackendFactory<PostgresQueueBackend, PgPool> {
  class SchemaConnection extends bullmq.PostgresConnection {
    override readonly schema = schema;
  }
  return (name, options, { withBlockingConnection = false } = {}) =>
    new bullmq.PostgresQueueBackend(
      new SchemaConnection(options.connection),
      name,
      options,
      true,
      // A worker is found by the name of its connection.
      withBlockingConnection ? name : undefined
    );
}

/**
 * Opens BullMQ's queues and workers on a pool whose search path is `schema` and where its migrations have run.
 * @param schema a valid, unquoted name.
 */
export function openInSchema(
  bullmq: BullMQ,
  pool: PgPool,
  schema: string
): Pick<BackendConnection, 'openQueue' | 'openWorker'> {
  const factory = createFactory(bullmq, schema);
  return {
    openQueue(name) {
      const queue = new bullmq.Queue<
        MessageData,
        void,
        string,
        MessageData,
        void,
        string,
        PostgresQueueBackend,
        PgPool
      >(name, { connection: pool }, factory);
      return {
        async addBulk(messages) {
          if (messages.length > MOST_ONE_BY_ONE) return queue.addBulk(messages);
          for (const { name, data, opts } of messages) await queue.add(name, data, opts);
        },
        getJobCounts: (...types) => queue.getJobCounts(...types),
        close: () => queue.close(),
        on: (event, listener) => queue.on(event, listener),
      };
    },
    openWorker: (name, process) =>
      new bullmq.Worker<MessageData, void, string, PostgresQueueBackend, number, PgPool>(
        name,
        process,
        { ...WORKER_OPTIONS, connection: pool },
        factory
      ),
  };
}
