import { median, round, type Figure, type Line } from '../figure';
import { openStage, rest, type Stage } from '../stage';

interface Load {
  latencyMs: number;
  items: number;
  rounds: number;
}

/** At 500 ms two workers, the database and the AI want nearly all of two processors; at 2,000 ms, as models mostly take, they do not. */
const LOADS: Load[] = [
  // So many that the job's beginning and its end, which no second worker shortens, do not count.
  { latencyMs: 500, items: 3_200, rounds: 3 },
  { latencyMs: 2_000, items: 1_600, rounds: 1 },
];
const SHORT_LOADS: Load[] = LOADS.map(({ latencyMs }) => ({ latencyMs, items: 200, rounds: 1 }));
/** Seconds of work for all: a worker that has just begun is slow, and the others must have heard of it. */
const WARM_UP_ITEMS = 500;

/** Items per second under a load, of the workers that there are. */
async function rateOf(stage: Stage, { latencyMs, items }: Load): Promise<number> {
  const ids = await stage.posts(items);
  stage.ai.setLatency(latencyMs);
  await rest();
  return (ids.length / (await stage.runJob(ids)).ms) * 1_000;
}

/** Whether a second worker process doubles the rate. */
export const workers: Figure = {
  name: 'workers',
  title: 'Items per second with two worker processes, against one: PostgreSQL, 20 in parallel each',
  async measure({ short, backends }, say) {
    if (!backends.includes('postgres')) return [];
    const stage = await openStage('postgres', {
      // The provider takes the calls of both.
      config: { workers: { inProcess: false }, providers: { openai: { maxParallel: 40 } } },
    });
    const warmUp = async (): Promise<void> => {
      stage.ai.setLatency(0);
      await stage.runJob(await stage.posts(WARM_UP_ITEMS));
    };
    try {
      const measured = (short ? SHORT_LOADS : LOADS).map((load) => ({
        load,
        one: [] as number[],
        two: [] as number[],
      }));
      await stage.startWorker();
      for (let turn = 0; ; turn += 1) {
        const taken = measured.filter(({ load }) => turn < load.rounds);
        if (taken.length === 0) break;
        await warmUp();
        for (const { load, one } of taken) one.push(await rateOf(stage, load));
        const second = await stage.startWorker();
        await warmUp();
        for (const { load, two } of taken) two.push(await rateOf(stage, load));
        await second.stop();
        for (const { load, one, two } of taken)
          say(`${load.latencyMs} ms: one ${one.at(-1)?.toFixed(1)}, two ${two.at(-1)?.toFixed(1)} items/s`);
      }
      return measured.map(({ load, one, two }): Line => ({
        what: `2 worker processes, 20 in parallel each, ${load.latencyMs} ms, postgres`,
        measured: `${median(two).toFixed(1)} items/s`,
        baseline: `1 worker process ${median(one).toFixed(1)} items/s`,
        ratio: round(median(two) / median(one)),
        aim: { atLeast: 1.9 },
      }));
    } finally {
      await stage.close();
    }
  },
};
