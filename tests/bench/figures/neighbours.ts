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

/** What a process does for the first time is slow: of everything so much goes before, unmeasured. */
const WARM_UP = {
  short: { visits: 40, items: 20 },
  long: { visits: 400, items: 100 },
};
/** Some seconds of visits to the idle server. */
const IDLE_SECONDS = { short: 3, long: 8 };

interface Busy {
  what: string;
  /** Starts what is needed for it alone. */
  begin: () => Promise<{ work: () => Promise<unknown>; end?: () => Promise<void> }>;
  aim: Line['aim'];
}

interface Round {
  stage: Stage;
  rounds: number;
  idleSeconds: number;
  warmUp: { visits: number; items: number };
  say: (text: string) => void;
}

/** Samples of the idle server and of each that keeps it busy, in turn, with a rest before each; the median of each against the idle one's. */
async function against(busy: Busy[], { stage, rounds, idleSeconds, warmUp, say }: Round): Promise<Line[]> {
  const idleSamples: number[] = [];
  const samples = busy.map((): number[] => []);
  await visitors(stage, seconds((warmUp.visits * EVERY_MS) / 1_000));
  for (let sample = 0; sample < rounds; sample += 1) {
    await rest();
    idleSamples.push(await visitors(stage, seconds(idleSeconds)));
    for (const [position, { begin }] of busy.entries()) {
      const { work, end } = await begin();
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
    await stage.runJob(ids.slice(0, form.warmUp.items));
    await stage.plainLoop(ids.slice(0, form.warmUp.items), 20);
    const lines: Line[] = [];
    for (const { latencyMs, aim } of [
      { latencyMs: 500, aim: { atMost: 3 } },
      { latencyMs: 0, aim: null },
    ]) {
      stage.ai.setLatency(latencyMs);
      const how = `in the server, 20 in parallel, ${latencyMs} ms`;
      const busy: Busy[] = [
        {
          what: `a plain loop ${how}`,
          begin: () => Promise.resolve({ work: () => stage.plainLoop(ids, 20) }),
          aim: null,
        },
        { what: `a job ${how}`, begin: () => Promise.resolve({ work: () => stage.runJob(ids) }), aim },
      ];
      lines.push(...(await against(busy, { stage, ...form })));
    }
    return lines;
  } finally {
    await stage.close();
  }
}

/** A job in a process beside the server that visitors ask, and a plain loop in one; both give way to the server. */
async function apart({ count, ...form }: Form): Promise<Line[]> {
  const stage = await openStage('redis', {
    config: { workers: { inProcess: false } },
    database: 'PostgreSQL',
  });
  try {
    const ids = await stage.posts(count);
    await stage.openToPublic();
    const few = ids.slice(0, form.warmUp.items);
    const how = 'in a process of its own, 20 in parallel, 500 ms, redis, PostgreSQL';
    const loop: Busy = {
      what: `a plain loop ${how}`,
      async begin() {
        const { plainLoop, stop } = await stage.startLoop();
        stage.ai.setLatency(0);
        await plainLoop(few, 20);
        stage.ai.setLatency(500);
        return { work: () => plainLoop(ids, 20), end: stop };
      },
      aim: null,
    };
    const job: Busy = {
      what: `a job ${how}`,
      async begin() {
        const { stop } = await stage.startWorker();
        stage.ai.setLatency(0);
        await stage.runJob(few);
        stage.ai.setLatency(500);
        return { work: () => stage.runJob(ids), end: stop };
      },
      aim: { atMost: 1.3 },
    };
    return await against([loop, job], { stage, ...form });
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
      warmUp: short ? WARM_UP.short : WARM_UP.long,
      say,
    };
    const lines = await inTheServer(form);
    if (backends.includes('redis')) lines.push(...(await apart(form)));
    return lines;
  },
};
