import type * as BullMQModule from 'bullmq';
import type { BackendFactory, PgPool, PostgresQueueBackend } from 'bullmq';
import { WORKER_OPTIONS, type BackendConnection, type MessageData } from './backend';

type BullMQ = typeof BullMQModule;

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
    openQueue: (name) =>
      new bullmq.Queue<MessageData, void, string, MessageData, void, string, PostgresQueueBackend, PgPool>(
        name,
        { connection: pool },
        factory
      ),
    openWorker: (name, process) =>
      new bullmq.Worker<MessageData, void, string, PostgresQueueBackend, number, PgPool>(
        name,
        process,
        { ...WORKER_OPTIONS, connection: pool },
        factory
      ),
  };
}
