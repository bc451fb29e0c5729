import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { waitFor } from '../wait-for';
import { ownName } from './own-name';
import { endProcess, findProgram, freePort, startServer, unprivilegedUser } from './process';

const run = promisify(execFile);

export interface PostgresConnection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface PostgresService {
  /** Of the database that is always there. */
  connection: PostgresConnection;
  /** Makes an empty database that nobody else has, with the word in its name, and says how to reach it. */
  createDatabase(word: string): Promise<PostgresConnection>;
  /** Ends it, where it was started here; on a given one the databases made here are dropped. */
  stop(): Promise<void>;
  /** Stops and starts it, where it was started here. */
  restart(): Promise<void>;
}

async function onDatabase<T>(
  connection: PostgresConnection,
  work: (client: Client) => Promise<T>
): Promise<T> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const isUp = (connection: PostgresConnection) =>
  onDatabase(connection, () => Promise.resolve(true)).catch(() => false);

async function createDatabase(connection: PostgresConnection, word: string): Promise<PostgresConnection> {
  const database = ownName(word);
  await onDatabase(connection, (client) => client.query(`create database "${database}"`));
  return { ...connection, database };
}

/** The server that was given: it is not ours, and is left as it was found. */
function givenServer(connection: PostgresConnection): PostgresService {
  const made: string[] = [];
  return {
    connection,
    async createDatabase(word) {
      const own = await createDatabase(connection, word);
      made.push(own.database);
      return own;
    },
    stop: () =>
      onDatabase(connection, async (client) => {
        for (const database of made.splice(0))
          await client.query(`drop database if exists "${database}" with (force)`);
      }),
    restart: () => Promise.reject(new Error('Only a PostgreSQL of our own can be restarted.')),
  };
}

function fromEnvironment(): PostgresConnection | null {
  const { DATABASE_URL, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = process.env;
  if (DATABASE_URL && /^postgres(ql)?:/.test(DATABASE_URL)) {
    const url = new URL(DATABASE_URL);
    return {
      host: url.hostname,
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1) || 'postgres',
    };
  }
  if (!PGHOST) return null;
  return {
    host: PGHOST,
    port: Number(PGPORT ?? 5432),
    user: PGUSER ?? 'postgres',
    password: PGPASSWORD ?? '',
    database: PGDATABASE ?? 'postgres',
  };
}

/** The PostgreSQL that is given, or the program that starts one; null where there is neither. */
export const findPostgres = (): unknown => fromEnvironment() ?? findProgram('postgres');

/**
 * A PostgreSQL for tests: the one that DATABASE_URL or PGHOST name, else one of our own on a free port. Null where there is neither.
 * @param options.own never the one of the environment: for tests that stop it.
 */
export async function startPostgres(options: { own?: boolean } = {}): Promise<PostgresService | null> {
  const given = options.own ? null : fromEnvironment();
  if (given) return givenServer(given);
  const initdb = findProgram('initdb');
  const postgres = findProgram('postgres');
  if (!initdb || !postgres) return null;

  const port = await freePort();
  const owner = await unprivilegedUser(['postgres', 'nobody']);
  const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-postgres-'));
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(folder, owner.uid, owner.gid);
    await chown(data, owner.uid, owner.gid);
  }
  const place = { ...owner, cwd: folder };
  await run(
    initdb,
    ['-D', data, '-U', 'postgres', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
    place
  );

  const connection = {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: 'postgres',
    database: 'postgres',
  };
  const start = async () => {
    const settings = [
      'fsync=off',
      'full_page_writes=off',
      'max_connections=100',
      `unix_socket_directories=${folder}`,
    ];
    const server = startServer(
      postgres,
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])],
      place
    );
    await waitFor(() => isUp(connection), { timeoutMs: 20_000, what: `PostgreSQL on port ${port}` });
    return server;
  };
  let child = await start();
  return {
    connection,
    createDatabase: (word) => createDatabase(connection, word),
    async restart() {
      await endProcess(child, 'SIGINT');
      child = await start();
    },
    async stop() {
      await endProcess(child, 'SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
