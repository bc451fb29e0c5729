import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../../bookshop/bookshop';
import { median, percentile, round, type Figure, type Line } from '../figure';
import { openStage, rest, type Stage } from '../stage';

const EVERY_MS = 50;
const PATH = '/api/posts?pagination[pageSize]=10';

/** The 95th percentile of a visitor's requests, one every 50 ms, until `until` ends. */
async function visitors(stage: Stage, until: Promise<unknown>): Promise<number> {
  const thread = new Worker(path.join(ROOT, 'tests', 'bench', 'visitors.mjs'), {
    workerData: { url: `${stage.shop.url}${PATH}`, everyMs: EVERY_MS },
  });
  try {
    const failed = new Promise<never>((_resolve, reject) => {
      thread.once('error', reject);
    });
    await Promise.race([until, failed]);
    const told = new Promise<number[]>((resolve) => {
      thread.once('message', resolve);
    });
    thread.postMessage('stop');
    return percentile(await Promise.race([told, failed]), 0.95);
  } finally {
    await thread.terminate();
  }
}

const seconds = (count: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, count * 1_000));

/** Some seconds of visits to the idle server. */
const IDLE_SECONDS = { short: 3, long: 8 };

interface Busy {
  what: string;
  /** What is needed for it alone; gives back how that is ended. */
  prepare?: () => Promise<() => Promise<void>>;
  work: () => Promise<unknown>;
  aim: Line['aim'];
}

interface Round {
  stage: Stage;
  rounds: number;
  idleSeconds: number;
  say: (text: string) => void;
}

/** Samples of the idle server and of each that keeps it busy, in turn, with a rest before each; the median of each against the idle one's. */
async function against(busy: Busy[], { stage, rounds, idleSeconds, say }: Round): Promise<Line[]> {
  const idleSamples: number[] = [];
  const samples = busy.map((): number[] => []);
  await visitors(stage, seconds(2));
  for (let sample = 0; sample < rounds; sample += 1) {
    await rest();
    idleSamples.push(await visitors(stage, seconds(idleSeconds)));
    for (const [position, { prepare, work }] of busy.entries()) {
      const end = await prepare?.();
      await rest();
      samples[position]?.push(await visitors(stage, work()));
      await end?.();
    }
  }
  const told = (found: number[]): string => found.map((one) => one.toFixed(1)).join(', ');
  const idle = median(idleSamples);
  return busy.map(({ what, aim }, position) => {
    const found = samples[position] ?? [];
    say(`${what}: p95 ${told(found)} ms, idle ${told(idleSamples)} ms`);
    return {
      what,
      measured: `p95 ${median(found).toFixed(1)} ms`,
      baseline: `idle ${idle.toFixed(1)} ms`,
      ratio: round(median(found) / idle),
      aim,
    };
  });
}

type Form = Omit<Round, 'stage'> & { count: number };

/** A job in the server that visitors ask, beside a plain loop there. */
async function inTheServer({ count, ...form }: Form): Promise<Line[]> {
  const stage = await openStage('embedded');
  try {
    const ids = await stage.posts(count);
    await stage.openToPublic();
    await stage.runJob(ids.slice(0, 20));
    await stage.plainLoop(ids.slice(0, 20), 20);
    const lines: Line[] = [];
    for (const { latencyMs, aim } of [
      { latencyMs: 500, aim: { atMost: 3 } },
      { latencyMs: 0, aim: null },
    ]) {
      stage.ai.setLatency(latencyMs);
      const how = `in the server, 20 in parallel, ${latencyMs} ms`;
      const busy: Busy[] = [
        { what: `a plain loop ${how}`, work: () => stage.plainLoop(ids, 20), aim: null },
        { what: `a job ${how}`, work: () => stage.runJob(ids), aim },
      ];
      lines.push(...(await against(busy, { stage, ...form })));
    }
    return lines;
  } finally {
    await stage.close();
  }
}

/** Of a worker to the database: as the project has them, and as docs/workers.md advises beside a site. */
const POOLS: { of: string; pool: Record<string, string> }[] = [
  { of: '', pool: {} },
  { of: ' with two connections', pool: { DATABASE_POOL_MIN: '0', DATABASE_POOL_MAX: '2' } },
];

/** A job in a process beside the server that visitors ask. */
async function apart({ count, ...form }: Form): Promise<Line[]> {
  const stage = await openStage('redis', {
    config: { workers: { inProcess: false } },
    database: 'PostgreSQL',
  });
  try {
    const ids = await stage.posts(count);
    await stage.openToPublic();
    const startWorker = async (pool: Record<string, string>): Promise<() => Promise<void>> => {
      const worker = await stage.startWorker(pool);
      stage.ai.setLatency(0);
      await stage.runJob(ids.slice(0, 20));
      stage.ai.setLatency(500);
      return () => worker.stop();
    };
    const busy = POOLS.map(({ of, pool }): Busy => ({
      what: `a job in a worker process${of}, 20 in parallel, 500 ms, redis, PostgreSQL`,
      prepare: () => startWorker(pool),
      work: () => stage.runJob(ids),
      aim: { atMost: 1.3 },
    }));
    return await against(busy, { stage, ...form });
  } finally {
    await stage.close();
  }
}

/** What a job costs those who visit the site meanwhile. */
export const neighbours: Figure = {
  name: 'neighbours',
  title: 'The 95th percentile of a public request while a job runs, against the idle server',
  async measure({ short, backends }, say) {
    const form: Form = {
      count: short ? 200 : 600,
      rounds: short ? 1 : 3,
      idleSeconds: short ? IDLE_SECONDS.short : IDLE_SECONDS.long,
      say,
    };
    const lines = await inTheServer(form);
    if (backends.includes('redis')) lines.push(...(await apart(form)));
    return lines;
  },
};
