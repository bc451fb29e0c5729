import { createMemoryLimits } from '../limits/memory-limits';
import { BackendError, trouble, type Backend, type ConnectionEvents, type QueueLogger } from './backend';
import { lockDirectory } from './directory-lock';
import { EMBEDDED_SCHEMA, openEmbeddedDatabase } from './embedded-database';
import type { EmbeddedThread } from './embedded-thread';
import { saidInOwnWords } from './own-words';
import { errorText } from './redact';
import { openInSchema } from './schema-backend';

/** How often the tables are cleaned; milliseconds. PGlite has neither autovacuum nor a checkpointer. */
const CLEANING_MS = 60_000;
const LOCK_TAKEN = 'another process has taken the lock';

/**
 * @returns the way to release the lock.
 * @throws BackendError where another process holds it.
 */
async function lockOrRefuse(directory: string, events: ConnectionEvents): Promise<() => Promise<void>> {
  const release = await lockDirectory(directory, () => events.lost(LOCK_TAKEN));
  if (release) return release;
  throw new BackendError('queue_embedded_in_use', { directory });
}

/**
 * Cleans the tables now and then, where something was written; returns the way to stop. Without it 5,000 messages leave 20 MB
 * behind; with it the folder stays at 60 MB.
 */
function keepClean(database: EmbeddedThread, events: ConnectionEvents): () => void {
  const position = async () => {
    const { rows } = await database.query<{ position: string }>(
      'select pg_current_wal_insert_lsn()::text as position'
    );
    return rows[0]?.position;
  };
  let cleanedAt: string | undefined;
  const clean = async () => {
    try {
      if ((await position()) === cleanedAt) return;
      await database.exec('vacuum');
      await database.exec('checkpoint');
      cleanedAt = await position();
    } catch {
      events.changed();
    }
  };
  const timer = setInterval(() => void clean(), CLEANING_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * PostgreSQL in WASM, in a thread of this process, with its data in a folder.
 * @param directory absolute; belongs to one process at a time (`<directory>.lock`).
 * @param preparedArchive see openEmbeddedDatabase.
 */
export function createEmbeddedBackend(
  directory: string,
  preparedArchive: string | null,
  logger: QueueLogger
): Backend {
  const limits = createMemoryLimits();

  return {
    name: 'embedded',

    async connect(events) {
      const release = await lockOrRefuse(directory, events);
      const unlock = () => release().catch(() => undefined);
      try {
        const [bullmq, { database, pool }] = await Promise.all([
          import('bullmq'),
          openEmbeddedDatabase(directory, preparedArchive, logger),
        ]);
        const stopCleaning = keepClean(database, events);
        return {
          ...openInSchema(bullmq, pool, EMBEDDED_SCHEMA),
          limits,
          async ping() {
            try {
              await database.query('select 1');
            } catch (error) {
              // Nothing brings a database of this process back but opening it anew.
              events.lost(errorText(error));
              throw error;
            }
          },
          async close() {
            stopCleaning();
            try {
              if (!database.closed) await database.close();
            } finally {
              await unlock();
            }
          },
        };
      } catch (error) {
        await unlock();
        throw error;
      }
    },

    explain(error) {
      if (error instanceof BackendError) return error.reason;
      const text = errorText(error);
      const said = text === LOCK_TAKEN ? saidInOwnWords('detail_lock_taken') : { said: text };
      return trouble('queue_embedded_unopened', { directory, ...said });
    },
  };
}
