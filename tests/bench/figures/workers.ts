import { round, type Figure, type Line } from '../figure';
import { openStage } from '../stage';

/** At 500 ms two workers, the database and the AI want more than two processors; at 2,000 ms, as models mostly take, they do not. */
const LATENCIES: { latencyMs: number; items: number; aim: Line['aim'] }[] = [
  // So many that the job's beginning and its end, which no second worker shortens, do not count.
  { latencyMs: 500, items: 1_600, aim: { atLeast: 1.9 } },
  { latencyMs: 2_000, items: 800, aim: { atLeast: 1.9 } },
];
const SHORT_ITEMS = 200;

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
    try {
      const rate = async (latencyMs: number, items: number): Promise<number> => {
        const ids = await stage.posts(short ? SHORT_ITEMS : items);
        stage.ai.setLatency(0);
        await stage.runJob(ids.slice(0, 40));
        stage.ai.setLatency(latencyMs);
        return (ids.length / (await stage.runJob(ids)).ms) * 1_000;
      };
      const rates = async (): Promise<number[]> => {
        const found: number[] = [];
        for (const { latencyMs, items } of LATENCIES) found.push(await rate(latencyMs, items));
        return found;
      };
      await stage.startWorker();
      const one = await rates();
      await stage.startWorker();
      const two = await rates();
      return LATENCIES.map(({ latencyMs, aim }, position): Line => {
        const alone = one[position] ?? NaN;
        const both = two[position] ?? NaN;
        say(`${latencyMs} ms: one ${alone.toFixed(1)}, two ${both.toFixed(1)} items/s`);
        return {
          what: `2 worker processes, 20 in parallel each, ${latencyMs} ms, postgres`,
          measured: `${both.toFixed(1)} items/s`,
          baseline: `1 worker process ${alone.toFixed(1)} items/s`,
          ratio: round(both / alone),
          aim,
        };
      });
    } finally {
      await stage.close();
    }
  },
};
