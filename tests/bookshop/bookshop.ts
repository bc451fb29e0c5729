import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '../wait-for';
import { signIn, type AdminClient } from './admin-client';

export const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** A seeded database to copy: made once per run. */
export const TEMPLATE_DATABASE = path.join(ROOT, 'tests', '.artifacts', 'bookshop.db');

export const ADMIN = { email: 'admin@bookshop.test', password: 'Bookshop-1234' };
export const EDITOR = { email: 'editor@bookshop.test', password: 'Bookshop-1234' };

export interface BookshopOptions {
  /** The plugin's configuration. */
  config?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** A folder of an earlier shop: its database and queue are used again. */
  folder?: string;
  /** `seeded`: a copy of the prepared database; `empty`: a new one, filled at the first start unless told otherwise. */
  database?: 'seeded' | 'empty' | 'given';
}

/** A Strapi of its own, in a process of its own, on a port of its own. */
export interface Bookshop {
  url: string;
  port: number;
  folder: string;
  pid: number;
  /** What it has printed. */
  output(): string;
  admin(): Promise<AdminClient>;
  editor(): Promise<AdminClient>;
  /** SIGTERM, and waits for its end; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))
      );
    });
  });
}

const secret = (): string => randomBytes(16).toString('hex');
/** The same for all shops of a run: sessions and encrypted keys outlive a restart. */
const SECRETS = {
  APP_KEYS: `${secret()},${secret()}`,
  API_TOKEN_SALT: secret(),
  ADMIN_JWT_SECRET: secret(),
  TRANSFER_TOKEN_SALT: secret(),
  JWT_SECRET: secret(),
  ENCRYPTION_KEY: secret(),
};

/** Nothing of the surroundings that would change what the plugin chooses. */
function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(OPENAI|OPENROUTER|DEEPSEEK|XAI|GEMINI|OLLAMA|LMSTUDIO|DATABASE|REDIS|PG|AI_JOBS|VITEST|BOOKSHOP|NODE_ENV)/.test(
        name
      )
  );
  return Object.fromEntries(kept.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export async function startBookshop(options: BookshopOptions = {}): Promise<Bookshop> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'bookshop-')));
  const database = path.join(folder, 'bookshop.db');
  if (!options.folder && (options.database ?? 'seeded') === 'seeded') await cp(TEMPLATE_DATABASE, database);
  await mkdir(path.join(folder, 'queue'), { recursive: true });
  const port = await freePort();
  const config = {
    ...options.config,
    queue: { directory: path.join(folder, 'queue'), ...(options.config?.queue as object | undefined) },
  };
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js'), 'start'],
    {
      cwd: path.join(ROOT, 'demo'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...cleanEnvironment(),
        ...SECRETS,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_FILENAME: database,
        STRAPI_TELEMETRY_DISABLED: 'true',
        BOOKSHOP_AI_JOBS_CONFIG: JSON.stringify(config),
        ...options.environment,
      },
    }
  );
  let printed = '';
  const collect = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-2_000_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  let exitCode: number | null | undefined;
  let mayEnd = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      exitCode = code;
      // Nobody asked it to: whatever test is running fails, and this is why.
      if (!mayEnd)
        process.stderr.write(`The bookshop ended by itself (${String(code)}):\n${printed.slice(-6_000)}\n`);
      resolve(code);
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const answers = async (): Promise<boolean> => {
    if (exitCode !== undefined)
      throw new Error(`The bookshop stopped (${String(exitCode)}) while starting:\n${printed}`);
    return fetch(`${url}/_health`).then(
      (response) => response.ok,
      () => false
    );
  };
  await waitFor(answers, {
    timeoutMs: 120_000,
    what: () => `the bookshop to answer:\n${printed.slice(-3_000)}`,
  });

  const shop: Bookshop = {
    url,
    port,
    folder,
    pid: child.pid ?? 0,
    output: () => printed,
    admin: () => signIn(url, ADMIN),
    editor: () => signIn(url, EDITOR),
    async stop() {
      if (exitCode === undefined) {
        mayEnd = true;
        child.kill('SIGTERM');
      }
      return ended;
    },
    async kill() {
      mayEnd = true;
      if (exitCode === undefined) child.kill('SIGKILL');
      await ended;
    },
    async remove() {
      mayEnd = true;
      if (exitCode === undefined) child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  return shop;
}
