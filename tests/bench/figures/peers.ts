import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../bookshop/bookshop';
import { round, type Figure, type Line } from '../figure';
import { openStage } from '../stage';

const run = promisify(execFile);
const FOLDER = path.join(ROOT, 'tests', '.artifacts', 'peers');

/** Installs the peers beside the bench: they are no dependency of the project. */
async function install(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await cp(path.join(ROOT, 'tests', 'bench', 'peers'), FOLDER, { recursive: true });
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: FOLDER });
}

interface Order {
  items: number;
  parallel: number;
  baseUrl: string;
}

/** One step of the peer in a process of its own. @returns what it says */
async function step(name: 'prepare' | 'work', folder: string, order: Order): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['payload.mjs', JSON.stringify({ step: name, folder, ...order })],
    {
      cwd: FOLDER,
      // Payload makes its tables by itself in development only; at work it is in production, as Strapi is.
      env: { ...process.env, NODE_ENV: name === 'prepare' ? 'development' : 'production' },
      maxBuffer: 10 * 2 ** 20,
    }
  );
  return stdout;
}

/** The same work elsewhere. @returns items per second */
async function onPayload(order: Order): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-payload-'));
  try {
    await step('prepare', folder, order);
    const said = await step('work', folder, order);
    const { ms, written } = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as {
      ms: number;
      written: number;
    };
    if (written !== order.items) throw new Error(`Payload wrote ${written} of ${order.items} entries.`);
    return (written / ms) * 1_000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same work on the jobs queue of Payload. */
export const peers: Figure = {
  name: 'peers',
  title:
    'Items per second against Payload’s jobs queue with its SQLite adapter, on both sides from the first item enqueued to the last one written: enqueue, read, call, write; 20 in parallel',
  async measure({ short }, say) {
    await install();
    const lines: Line[] = [];
    const items = short ? 100 : 500;
    const stage = await openStage('embedded');
    try {
      const ids = await stage.posts(items);
      await stage.runJob(ids.slice(0, 20));
      for (const latencyMs of [0, 500]) {
        stage.ai.setLatency(latencyMs);
        const ours = (items / (await stage.runJob(ids)).ms) * 1_000;
        const theirs = await onPayload({ items, parallel: 20, baseUrl: stage.ai.url });
        say(`${latencyMs} ms: ${ours.toFixed(1)} against ${theirs.toFixed(1)} items/s`);
        lines.push({
          what: `20 in parallel, ${latencyMs} ms, embedded, SQLite`,
          measured: `${ours.toFixed(1)} items/s`,
          baseline: `Payload ${theirs.toFixed(1)} items/s`,
          ratio: round(ours / theirs),
          aim: null,
        });
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
