import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { waitFor } from '../wait-for';
import { OWN_NAME } from './own-name';
import { answers, endProcess, findProgram, freePort, startServer } from './process';

export interface RedisService {
  url: string;
  port: number;
  /** Ends it, where it was started here; on a given one the keys made here are deleted. */
  stop(): Promise<void>;
}

/** The Redis that is given, or the program that starts one; null where there is neither. */
export const findRedis = (): unknown => process.env.REDIS_URL ?? findProgram('redis-server');

/** Deletes what this process has put into a server that is not ours: it all begins with a name of its own. */
async function deleteOwnKeys(url: string): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${OWN_NAME}*`, count: 500 }))
      if (Array.isArray(keys) && keys.length > 0) await client.unlink(keys.map(String));
  } finally {
    client.disconnect();
  }
}

/**
 * A Redis for tests: the one that REDIS_URL names, else one of our own on a free port. Null where there is neither.
 * @param options.own never the one of REDIS_URL: for tests that stop it or set it up; `port`, `args`: how to start that one.
 */
export async function startRedis(
  options: { own?: boolean; port?: number; args?: string[] } = {}
): Promise<RedisService | null> {
  const given = process.env.REDIS_URL;
  if (given && !options.own) {
    return { url: given, port: Number(new URL(given).port || 6379), stop: () => deleteOwnKeys(given) };
  }
  const program = findProgram('redis-server');
  if (!program) return null;

  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-redis-'));
  const child = startServer(
    program,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
      ...(options.args ?? []),
    ],
    {}
  );
  await waitFor(() => answers(port), { what: `Redis on port ${port}` });
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async stop() {
      await endProcess(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
