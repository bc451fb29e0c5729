import { EventEmitter } from 'node:events';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { EmbeddedThread } from './embedded-thread';

type Query = PgPool['query'];

/** One of the pool's clients: all of them speak to the same database session. */
class EmbeddedClient extends EventEmitter {
  constructor(
    readonly query: Query,
    private readonly onRelease: () => void
  ) {
    super();
  }

  release(): void {
    this.onRelease();
  }
}

/**
 * Lets PGlite look like node-postgres' pool, as far as BullMQ uses it. PGlite runs one statement after the other in a single
 * session, and BullMQ sends single statements outside of its migrations, so the clients need no lock between them.
 */
export function createEmbeddedPool(database: EmbeddedThread): PgPool {
  const listeners = new Set<EmbeddedClient>();
  database.onNotification((channel, payload) => {
    for (const client of listeners) client.emit('notification', { channel, payload });
  });

  async function query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    if (!params) {
      // Without parameters there may be several statements in one text, as in migrations; node-postgres allows that, too.
      const results = await database.exec(text);
      const last = results.at(-1);
      // As with node-postgres, the caller says what the rows look like.
      return { rows: (last?.rows ?? []) as R[], rowCount: last?.affectedRows ?? 0 };
    }
    const { rows, affectedRows } = await database.query<R>(text, [...params]);
    return { rows, rowCount: affectedRows ?? rows.length };
  }

  class EmbeddedPool extends EventEmitter {
    /** Read by BullMQ: a session in this process cannot drop unnoticed. */
    readonly options = { keepAlive: true };
    readonly query: Query = query;

    connect(): Promise<PgPoolClient> {
      const client = new EmbeddedClient(query, () => listeners.delete(client));
      listeners.add(client);
      return Promise.resolve(client);
    }

    /** The database is closed by whoever opened it. */
    end(): Promise<void> {
      return Promise.resolve();
    }
  }

  const pool = new EmbeddedPool();
  pool.setMaxListeners(50);
  return pool;
}
