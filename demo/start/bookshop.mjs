import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DEMO, LOG_FILE, STRAPI } from './paths.mjs';
import { DemoError } from './run.mjs';

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
/** Where processes can have a group of their own, Ctrl+C reaches Strapi through us only: once, and not in mid-stop. */
const OWN_GROUP = process.platform !== 'win32';

const portOf = (wanted, host) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(wanted, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function lastLines() {
  const text = await readFile(LOG_FILE, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-30).join('\n');
}

/**
 * Starts Strapi on the bookshop, on `PORT` (1337) or, if that is taken, another one, and waits until it answers. What it prints
 * goes to a file. Resolves to its address, a promise of its end (`ended`, with the exit code), and `stop`, which waits for it.
 */
export async function startBookshop({ environment, signal }) {
  const host = process.env.HOST || '127.0.0.1';
  const port = (await portOf(Number(process.env.PORT) || 1337, host)) ?? (await portOf(0, host));
  await mkdir(dirname(LOG_FILE), { recursive: true });
  const log = createWriteStream(LOG_FILE);
  await once(log, 'open');
  const child = spawn(process.execPath, [STRAPI, 'start'], {
    cwd: DEMO,
    detached: OWN_GROUP,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      BOOKSHOP_SEED: 'true',
      STRAPI_TELEMETRY_DISABLED: 'true',
      ...environment,
      NODE_ENV: 'production',
      HOST: host,
      PORT: String(port),
    },
  });
  log.close();
  let isRunning = true;
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  }).then((code) => {
    isRunning = false;
    return code;
  });

  const stop = async () => {
    if (!isRunning) return;
    child.kill('SIGTERM');
    const giveUp = new AbortController();
    await Promise.race([ended, wait(STOP_TIMEOUT_MS, null, { signal: giveUp.signal }).catch(() => {})]);
    giveUp.abort();
    if (isRunning) child.kill('SIGKILL');
    await ended;
  };

  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host;
  const url = `http://${reachable}:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  try {
    while (!(await fetch(`${url}/_health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok) {
      signal?.throwIfAborted();
      if (!isRunning)
        throw new DemoError(
          `The bookshop stopped while starting. The end of ${LOG_FILE}:\n${await lastLines()}`
        );
      if (Date.now() > deadline)
        throw new DemoError(`The bookshop did not answer within three minutes; see ${LOG_FILE}.`);
      await wait(250);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, ended, stop };
}
