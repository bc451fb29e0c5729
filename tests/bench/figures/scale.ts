import { POST } from '../../bookshop/fill-jobs';
import { median, round, type Figure, type Line } from '../figure';
import { benchJob, openStage, rest, type Stage } from '../stage';

const MEGABYTE = 2 ** 20;
const ROUNDS_OF_THE_SMALLEST = 3;

/** Runs a job over the first so many of the posts, picked by a filter whatever the size. @returns items per second */
async function rateOver(stage: Stage, sortedIds: string[], size: number): Promise<number> {
  const { id } = await stage.admin.createJob(
    benchJob({
      contentType: POST,
      locale: 'en',
      filters: {
        $and: [
          { documentId: { $startsWith: stage.copiesMark } },
          { documentId: { $lte: sortedIds[size - 1] ?? '' } },
        ],
      },
    })
  );
  const job = await stage.ended(id);
  if (job.counts.completed !== size)
    throw new Error(`The job over ${size} items ended with ${JSON.stringify(job.counts)}.`);
  const ms = new Date(job.endedAt ?? '').getTime() - new Date(job.startedAt ?? '').getTime();
  return (size / ms) * 1_000;
}

/** How much larger the server is after the largest job than before it. */
function growthLines(size: number, grown: { heapUsed: number; rss: number }): Line[] {
  const line = (what: string, bytes: number, aim: Line['aim']): Line => {
    const megabytes = round(bytes / MEGABYTE, 1);
    return {
      what: `${what} after ${size.toLocaleString('en')} items`,
      measured: `${megabytes.toFixed(1)} MB more than before`,
      baseline: 'in MB',
      ratio: megabytes,
      aim,
    };
  };
  return [line('heap', grown.heapUsed, { atMost: 50 }), line('resident memory', grown.rss, null)];
}

/** Whether a job gets slower, or the server larger, as jobs grow. */
export const scale: Figure = {
  name: 'scale',
  title:
    'Items per second as the job grows, against the smallest; and how much the server’s memory grows over the largest',
  async measure({ short, largest }, say) {
    const all = short ? [200, 1_000] : [1_000, 10_000, 100_000];
    const sizes = all.filter((size) => size <= largest);
    const stage = await openStage('embedded');
    const lines: Line[] = [];
    try {
      const ids = (await stage.posts(Math.max(...sizes))).sort();
      // The first job of a server starts the queue and loads its libraries.
      await stage.runJob(ids.slice(0, 40));
      await rest();
      let smallest = 0;
      for (const size of sizes) {
        const before = await stage.memory();
        const rates: number[] = [];
        const rounds = smallest === 0 ? ROUNDS_OF_THE_SMALLEST : 1;
        for (let round = 0; round < rounds; round += 1) rates.push(await rateOver(stage, ids, size));
        const after = await stage.memory();
        const grown = { heapUsed: after.heapUsed - before.heapUsed, rss: after.rss - before.rss };
        const rate = median(rates);
        smallest ||= rate;
        say(
          `${size} items: ${rates.map((one) => one.toFixed(1)).join(', ')} items/s, heap ${(grown.heapUsed / MEGABYTE).toFixed(1)} MB, resident ${(grown.rss / MEGABYTE).toFixed(1)} MB`
        );
        lines.push({
          what: `${size.toLocaleString('en')} items, 20 in parallel, 0 ms, embedded`,
          measured: `${rate.toFixed(1)} items/s`,
          baseline: `${sizes[0]?.toLocaleString('en') ?? ''} items: ${smallest.toFixed(1)} items/s`,
          ratio: round(rate / smallest),
          aim: { atLeast: 0.95 },
        });
        if (size === sizes.at(-1)) lines.push(...growthLines(size, grown));
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
