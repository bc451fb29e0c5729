import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BackendName } from '../../../server/src/contracts/queue';
import { createMessageQueue, type MessageQueueOptions } from '../../../server/src/queue/create-message-queue';
import type { MessageQueue } from '../../../server/src/queue/message-queue';
import { ownName } from '../../services/own-name';
import { startPostgres } from '../../services/postgres';
import { startRedis } from '../../services/redis';

export const BACKENDS: BackendName[] = ['redis', 'postgres', 'embedded'];

/** What a queue said, level by level. */
export interface Said {
  debug: string[];
  info: string[];
  warn: string[];
  error: string[];
}

export function listen(): { said: Said; logger: MessageQueueOptions['logger'] } {
  const said: Said = { debug: [], info: [], warn: [], error: [] };
  return {
    said,
    logger: {
      debug: (text) => said.debug.push(text),
      info: (text) => said.info.push(text),
      warn: (text) => said.warn.push(text),
      error: (text) => said.error.push(text),
    },
  };
}

/** A place of its own, which several queues may share. */
export interface Place {
  options: Omit<MessageQueueOptions, 'logger'>;
  /** One more queue on this place, started or not; closed by `closeAll`. */
  open(overrides?: Partial<MessageQueueOptions>): MessageQueue;
}

/** The services of one test file and everything opened on them. */
export interface Services {
  has(backend: BackendName): boolean;
  place(backend: BackendName): Place;
  closeAll(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes the archive that a built plugin has beside it. */
async function prepareEmbedded(folder: string): Promise<string> {
  const file = join(folder, 'data.tar.gz');
  const script = new URL('../../../scripts/prepare-embedded.mjs', import.meta.url).pathname;
  await promisify(execFile)(process.execPath, [script, file]);
  return file;
}

/** Starts what there is: Redis, PostgreSQL, and the archive of the embedded queue; or of these `only` one. */
export async function startServices({ only }: { only?: BackendName } = {}): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-queue-'));
  const [redis, postgres, archive] = await Promise.all([
    only && only !== 'redis' ? null : startRedis(),
    only && only !== 'postgres' ? null : startPostgres(),
    only && only !== 'embedded' ? null : prepareEmbedded(folder),
  ]);
  const database = postgres ? await postgres.createDatabase('queue') : null;
  let open: MessageQueue[] = [];
  const closeAll = async () => {
    const all = open;
    open = [];
    await Promise.all(all.map((queue) => queue.close(200)));
  };

  return {
    has: (backend) => backend === 'embedded' || (backend === 'redis' ? redis !== null : postgres !== null),
    place(backend) {
      const name = ownName('queue');
      const options: Place['options'] = {
        backend,
        redisUrl: redis?.url ?? null,
        keyPrefix: name,
        postgres: database,
        postgresSchema: name,
        embeddedDirectory: join(folder, name),
        preparedDirectory: archive,
      };
      return {
        options,
        open(overrides = {}) {
          const queue = createMessageQueue({ ...options, logger: listen().logger, ...overrides });
          open.push(queue);
          return queue;
        },
      };
    },
    closeAll,
    async stop() {
      await closeAll();
      await Promise.all([redis?.stop(), postgres?.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
