import { round, type Figure } from '../figure';
import { openStage } from '../stage';

/** Whether a second worker process doubles the rate. */
export const workers: Figure = {
  name: 'workers',
  title: 'Items per second with two worker processes, against one: PostgreSQL, 500 ms, 20 in parallel each',
  async measure({ short, backends }, say) {
    if (!backends.includes('postgres')) return [];
    const count = short ? 200 : 800;
    const stage = await openStage('postgres', {
      // The provider takes the calls of both.
      config: { workers: { inProcess: false }, providers: { openai: { maxParallel: 40 } } },
    });
    try {
      const ids = await stage.posts(count);
      const rate = async (): Promise<number> => {
        await stage.runJob(ids.slice(0, 40));
        stage.ai.setLatency(500);
        const { ms } = await stage.runJob(ids);
        stage.ai.setLatency(0);
        return (count / ms) * 1_000;
      };
      await stage.startWorker();
      const one = await rate();
      await stage.startWorker();
      const two = await rate();
      say(`one ${one.toFixed(1)}, two ${two.toFixed(1)} items/s`);
      return [
        {
          what: '2 worker processes, 20 in parallel each, 500 ms, postgres',
          measured: `${two.toFixed(1)} items/s`,
          baseline: `1 worker process ${one.toFixed(1)} items/s`,
          ratio: round(two / one),
          aim: { atLeast: 1.9 },
        },
      ];
    } finally {
      await stage.close();
    }
  },
};
