import { access, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PgPool } from 'bullmq';
import { within } from '../within';
import type { QueueLogger } from './backend';
import { createEmbeddedPool } from './embedded-pool';
import { startEmbeddedThread, type EmbeddedThread } from './embedded-thread';

/** The schema of the embedded database; scripts/prepare-embedded.mjs names the same. */
export const EMBEDDED_SCHEMA = 'ai_jobs_queue';

/** Written once a directory is whole: unpacking may have been cut off before. */
const COMPLETE_MARK = 'ai-jobs.complete';

/** A damaged directory may also make the start hang; milliseconds. */
const OPEN_LIMIT_MS = 60_000;

/** Troubles of the disk or the rights on it, not of the data: nothing gets better by starting afresh. */
const DISK_TROUBLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'ENFILE',
  'EIO',
  'ENOTDIR',
]);

/**
 * The defaults are those of a server: these halve the memory. Kept in the directory, so they hold from its next start;
 * scripts/prepare-embedded.mjs names the same.
 */
const SETTINGS = [
  "shared_buffers = '16MB'",
  "wal_buffers = '1MB'",
  "min_wal_size = '32MB'",
  "max_wal_size = '64MB'",
];

export interface EmbeddedDatabase {
  database: EmbeddedThread;
  pool: PgPool;
}

function isDiskTrouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_TROUBLE.has(String(error.code));
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false
  );

/** Opens the directory as it is and proves that its tables can be read. */
async function open(directory: string, prepared: Uint8Array | null): Promise<EmbeddedDatabase> {
  const [bullmq, database] = await Promise.all([import('bullmq'), startEmbeddedThread(directory, prepared)]);
  try {
    const pool = createEmbeddedPool(database);
    await bullmq.runMigrations(pool, EMBEDDED_SCHEMA);
    await database.exec(`set search_path to "${EMBEDDED_SCHEMA}"`);
    // A message lost to a power failure is sent again.
    await database.exec('set synchronous_commit = off');
    await database.exec('select count(*) from job; select count(*) from event');
    return { database, pool };
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
}

async function create(
  directory: string,
  preparedArchive: string | null,
  logger: QueueLogger
): Promise<EmbeddedDatabase> {
  const archive = preparedArchive && (await exists(preparedArchive)) ? await readFile(preparedArchive) : null;
  if (!archive)
    logger.debug('The embedded queue has no prepared data directory and makes one: this takes some seconds.');
  const opened = await within(OPEN_LIMIT_MS, open(directory, archive));
  for (const setting of SETTINGS) await opened.database.exec(`alter system set ${setting}`);
  await writeFile(join(directory, COMPLETE_MARK), '');
  return opened;
}

/**
 * Opens the database in a directory that the caller has locked; makes it where there is none. One that cannot be opened is moved
 * aside as `<directory>.broken-<timestamp>`: its messages are but calls to work, and are sent again from the database of truth.
 *
 * @param directory absolute
 * @param preparedArchive a data directory as tar.gz, made when the plugin was built; null or missing: made here, which takes longer.
 * @throws the file system's error (no rights, disk full …).
 */
export async function openEmbeddedDatabase(
  directory: string,
  preparedArchive: string | null,
  logger: QueueLogger
): Promise<EmbeddedDatabase> {
  await mkdir(dirname(directory), { recursive: true });
  if (await exists(join(directory, COMPLETE_MARK))) {
    try {
      return await within(OPEN_LIMIT_MS, open(directory, null));
    } catch (error) {
      if (isDiskTrouble(error)) throw error;
      logger.debug(`The embedded queue cannot be opened: ${String(error)}`);
    }
  }
  const left = await readdir(directory).catch(() => []);
  if (left.length > 0) {
    const aside = `${directory}.broken-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    await rename(directory, aside);
    logger.warn(
      `The embedded queue in ${directory} was damaged, as after a power failure, and starts afresh. No work is lost: what waits ` +
        `is enqueued again. The damaged files are in ${aside} and can be deleted.`
    );
  }
  return create(directory, preparedArchive, logger);
}
