import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../../bookshop/bookshop';
import { POST } from '../../bookshop/fill-jobs';
import { percentile, round, type Figure, type Line } from '../figure';
import { benchJob, openStage, type Stage } from '../stage';

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

/** What a job costs those who visit the site meanwhile. */
export const neighbours: Figure = {
  name: 'neighbours',
  title: 'The 95th percentile of a public request while a job runs, against the idle server',
  async measure({ short, backends }, say) {
    const lines: Line[] = [];
    const count = short ? 200 : 600;
    const line = (what: string, busy: number, idle: number, aim: Line['aim']): void => {
      say(`${what}: p95 ${busy.toFixed(1)} ms, idle ${idle.toFixed(1)} ms`);
      lines.push({
        what,
        measured: `p95 ${busy.toFixed(1)} ms`,
        baseline: `idle ${idle.toFixed(1)} ms`,
        ratio: round(busy / idle),
        aim,
      });
    };
    const stage = await openStage('embedded');
    try {
      const ids = await stage.posts(count);
      await stage.openToPublic();
      await stage.runJob(ids.slice(0, 20));
      await visitors(stage, seconds(2));
      const idle = await visitors(stage, seconds(short ? 3 : 8));
      stage.ai.setLatency(500);
      const loop = await visitors(stage, stage.plainLoop(ids, 20));
      line('a plain loop in the server, 20 in parallel, 500 ms', loop, idle, null);
      const job = await visitors(stage, stage.runJob(ids));
      line('a job in the server, 20 in parallel, 500 ms', job, idle, { atMost: 3 });
      stage.ai.setLatency(0);
      const fastLoop = await visitors(stage, stage.plainLoop(ids, 20));
      line('a plain loop in the server, 20 in parallel, 0 ms', fastLoop, idle, null);
      line('a job in the server, 20 in parallel, 0 ms', await visitors(stage, stage.runJob(ids)), idle, null);
    } finally {
      await stage.close();
    }
    if (backends.includes('redis')) {
      const apart = await openStage('redis', {
        config: { workers: { inProcess: false } },
        database: 'PostgreSQL',
      });
      try {
        const ids = await apart.posts(count);
        await apart.openToPublic();
        await apart.startWorker();
        await apart.runJob(ids.slice(0, 20));
        await visitors(apart, seconds(2));
        const idle = await visitors(apart, seconds(short ? 3 : 8));
        apart.ai.setLatency(500);
        const { id } = await apart.admin.createJob(benchJob({ contentType: POST, documentIds: ids }));
        const busy = await visitors(apart, apart.ended(id));
        line('a job in a worker process, 20 in parallel, 500 ms, PostgreSQL', busy, idle, { atMost: 1.3 });
      } finally {
        await apart.close();
      }
    }
    return lines;
  },
};
