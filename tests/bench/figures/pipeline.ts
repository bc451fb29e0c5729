import { median, round, type Figure, type Line } from '../figure';
import { databaseOf, openStage, rest } from '../stage';

const SETTINGS = [
  { parallel: 20, latencyMs: 0 },
  { parallel: 20, latencyMs: 500 },
  { parallel: 50, latencyMs: 500 },
];

/** Items per second, against a plain loop over the same entries in the same process. */
export const pipeline: Figure = {
  name: 'pipeline',
  title: 'Items per second against a plain loop (read, call, write; nothing remembered)',
  async measure({ short, backends }, say) {
    const lines: Line[] = [];
    const items = short ? 200 : 500;
    const rounds = short ? 1 : 3;
    for (const backend of backends) {
      for (const parallel of [20, 50]) {
        const stage = await openStage(backend, { concurrency: parallel });
        try {
          const posts = await stage.posts(items);
          // Both warm up, as they are in a job of thousands: the queue starts at the first one, code is compiled, plans are made.
          await stage.runJob(posts);
          await stage.plainLoop(posts, parallel);
          for (const { latencyMs } of SETTINGS.filter((setting) => setting.parallel === parallel)) {
            stage.ai.setLatency(latencyMs);
            const job: number[] = [];
            const loop: number[] = [];
            const takes = [
              async () => void loop.push((items / (await stage.plainLoop(posts, parallel))) * 1_000),
              async () => void job.push((items / (await stage.runJob(posts)).ms) * 1_000),
            ];
            for (let round = 0; round < rounds; round += 1) {
              // They take turns at being the first.
              for (const take of round % 2 === 0 ? takes : takes.toReversed()) {
                await rest();
                await take();
              }
              say(
                `${backend}, ${parallel} at ${latencyMs} ms: ${job.at(-1)?.toFixed(1)} against ${loop.at(-1)?.toFixed(1)} items/s`
              );
            }
            lines.push({
              what: `${parallel} in parallel, ${latencyMs} ms, ${backend}, ${databaseOf(backend)}`,
              measured: `${median(job).toFixed(1)} items/s`,
              baseline: `plain loop ${median(loop).toFixed(1)} items/s`,
              ratio: round(median(job) / median(loop)),
              aim: { atLeast: 1 },
            });
          }
        } finally {
          await stage.close();
        }
      }
    }
    return lines;
  },
};
