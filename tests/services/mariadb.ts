import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { waitFor } from '../wait-for';
import { ownName } from './own-name';
import { endProcess, findProgram, freePort, startServer, unprivilegedUser } from './process';

const run = promisify(execFile);

export interface MariadbConnection {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

export interface MariadbService {
  /** Of a database that is always there. */
  connection: MariadbConnection;
  /** Makes an empty database that nobody else has, with the word in its name, and says how to reach it. */
  createDatabase(word: string): Promise<MariadbConnection>;
  /** Ends it, where it was started here; on a given one the databases made here are dropped. */
  stop(): Promise<void>;
  /** Stops and starts it, where it was started here. */
  restart(): Promise<void>;
}

/** Opens a connection of a test's own; an error on it while it is idle is no failure of the test. */
export async function connectMariadb(connection: MariadbConnection): Promise<Connection> {
  const client = await createConnection({ ...connection, multipleStatements: true });
  client.on('error', () => undefined);
  return client;
}

async function onDatabase<T>(
  connection: MariadbConnection,
  work: (client: Connection) => Promise<T>
): Promise<T> {
  const client = await connectMariadb(connection);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const isUp = (connection: MariadbConnection) =>
  onDatabase(connection, () => Promise.resolve(true)).catch(() => false);

async function createDatabase(connection: MariadbConnection, word: string): Promise<MariadbConnection> {
  const database = ownName(word);
  await onDatabase(connection, (client) =>
    client.query(`create database \`${database}\` character set utf8mb4`)
  );
  return { ...connection, database };
}

/** The server that was given: it is not ours, and is left as it was found. */
function givenServer(connection: MariadbConnection): MariadbService {
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
        for (const database of made.splice(0)) await client.query(`drop database if exists \`${database}\``);
      }),
    restart: () => Promise.reject(new Error('Only a MariaDB of our own can be restarted.')),
  };
}

function fromEnvironment(): MariadbConnection | null {
  const { MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD } = process.env;
  if (!MYSQL_HOST) return null;
  return {
    host: MYSQL_HOST,
    port: Number(MYSQL_PORT ?? 3306),
    user: MYSQL_USER ?? 'root',
    password: MYSQL_PASSWORD ?? '',
    database: 'mysql',
  };
}

/** The MariaDB or MySQL that is given, or the program that starts one; null where there is neither. */
export const findMariadb = (): unknown => fromEnvironment() ?? findProgram('mariadbd');

/**
 * A MariaDB for tests: the one (or the MySQL) that MYSQL_HOST names, else one of our own on a free port. Null where there is neither.
 * @param options.own never the one of the environment: for tests that stop it.
 */
export async function startMariadb(options: { own?: boolean } = {}): Promise<MariadbService | null> {
  const given = options.own ? null : fromEnvironment();
  if (given) return givenServer(given);
  const install = findProgram('mariadb-install-db');
  const server = findProgram('mariadbd');
  if (!install || !server) return null;

  const port = await freePort();
  const owner = await unprivilegedUser(['mysql', 'nobody']);
  const folder = await mkdtemp(join(tmpdir(), 'ai-jobs-mariadb-'));
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(folder, owner.uid, owner.gid);
    await chown(data, owner.uid, owner.gid);
  }
  const place = { ...owner, cwd: folder };
  await run(
    install,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    place
  );

  const connection = { host: '127.0.0.1', port, user: 'root', password: '', database: 'mysql' };
  const start = async () => {
    const child = startServer(
      server,
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${join(folder, 'socket')}`,
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=64M',
      ],
      place
    );
    await waitFor(() => isUp(connection), { timeoutMs: 30_000, what: `MariaDB on port ${port}` });
    return child;
  };
  let child = await start();
  return {
    connection,
    createDatabase: (word) => createDatabase(connection, word),
    async restart() {
      await endProcess(child, 'SIGTERM');
      child = await start();
    },
    async stop() {
      await endProcess(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
