import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** What a statement gave. */
export interface EmbeddedResult<R = Record<string, unknown>> {
  rows: R[];
  affectedRows?: number;
}

/** PostgreSQL in WASM, in a thread of its own: its start and its work never hold up the server's requests. */
export interface EmbeddedThread {
  /** One statement with parameters. */
  query<R>(text: string, params?: unknown[]): Promise<EmbeddedResult<R>>;
  /** One or several statements. */
  exec(text: string): Promise<EmbeddedResult[]>;
  onNotification(listener: (channel: string, payload: string) => void): void;
  readonly closed: boolean;
  /** Writes everything to disk and ends the thread. */
  close(): Promise<void>;
}

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string; fields: Record<string, unknown> };
  notification?: { channel: string; payload: string };
}

/**
 * What runs in the thread; text, because a bundle has no file of its own for it. Results are copied between the threads,
 * errors as their message and plain fields (`code`, `detail` …), by which BullMQ knows them.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { PGlite } = require(workerData.module);
const plain = ({ rows, affectedRows }) => ({ rows, affectedRows });
let database;
const methods = {
  async open({ directory, prepared }) {
    database = await PGlite.create({ dataDir: directory, loadDataDir: prepared ? new Blob([prepared]) : undefined });
    database.onNotification((channel, payload) => parentPort.postMessage({ notification: { channel, payload } }));
  },
  async query({ text, params }) { return plain(await database.query(text, params)); },
  async exec({ text }) { return (await database.exec(text)).map(plain); },
  async close() { if (!database.closed) await database.close(); },
};
parentPort.on('message', async ({ id, method, parameters }) => {
  try {
    parentPort.postMessage({ id, result: await methods[method](parameters) });
  } catch (error) {
    const fields = {};
    for (const [name, value] of Object.entries(error)) if (['string', 'number', 'boolean'].includes(typeof value)) fields[name] = value;
    parentPort.postMessage({ id, error: { message: error.message, fields } });
  }
});
`;

/**
 * Opens a data directory in a thread of its own.
 * @param prepared a data directory as tar.gz, unpacked where the directory is empty
 * @throws what PGlite throws on opening
 */
export async function startEmbeddedThread(
  directory: string,
  prepared: Uint8Array | null
): Promise<EmbeddedThread> {
  const worker = new Worker(THREAD, {
    eval: true,
    workerData: { module: createRequire(__filename).resolve('@electric-sql/pglite') },
    // What it prints is PostgreSQL's own chatter.
    stdout: true,
    stderr: true,
  });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const listeners: ((channel: string, payload: string) => void)[] = [];
  let calls = 0;
  let ended: Error | null = null;

  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', ({ id, result, error, notification }: Reply) => {
    if (notification)
      return listeners.forEach((listener) => listener(notification.channel, notification.payload));
    const call = waiting.get(id ?? 0);
    if (!call) return;
    waiting.delete(id ?? 0);
    if (error) call.reject(Object.assign(new Error(error.message), error.fields));
    else call.resolve(result as never);
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The embedded database has ended.')));

  const call = <Result>(method: string, parameters: unknown): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      calls += 1;
      waiting.set(calls, { resolve, reject });
      worker.postMessage({ id: calls, method, parameters });
    });

  try {
    await call<undefined>('open', { directory, prepared });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    query: (text, params) => call('query', { text, params }),
    exec: (text) => call('exec', { text }),
    onNotification: (listener) => void listeners.push(listener),
    get closed() {
      return ended !== null;
    },
    async close() {
      try {
        if (!ended) await call('close', {});
      } finally {
        ended ??= new Error('The embedded database is closed.');
        await worker.terminate();
      }
    },
  };
}
