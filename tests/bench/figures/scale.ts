import { POST } from '../../bookshop/fill-jobs';
import { median, round, type Figure, type Line } from '../figure';
import { waitFor } from '../../wait-for';
import { benchJob, openStage, rest, type Stage } from '../stage';

const MEGABYTE = 2 ** 20;
const ROUNDS_OF_THE_SMALLEST = 3;

/** Of a job's items: what is in memory when so many have ended is what the work needs, and what comes on top of it is growth. */
const WARM_SHARE = 0.1;

interface Memory {
  heapUsed: number;
  rss: number;
}

/**
 * Runs a job over the first so many of the posts, picked by a filter whatever the size.
 * @returns items per second, and the server's memory after a tenth of the items where that is asked for
 */
async function runOver(
  stage: Stage,
  sortedIds: string[],
  size: number,
  asksMemory: boolean
): Promise<{ rate: number; warm: Memory | null }> {
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
  let warm: Memory | null = null;
  if (asksMemory) {
    // Seldom: whoever watches shall not be what is measured.
    await waitFor(async () => (await stage.admin.job(id)).counts.completed >= size * WARM_SHARE, {
      timeoutMs: 3_600_000,
      everyMs: 2_000,
      what: 'a tenth of the items',
    });
    warm = await stage.memory();
  }
  const job = await stage.ended(id);
  if (job.counts.completed !== size)
    throw new Error(`The job over ${size} items ended with ${JSON.stringify(job.counts)}.`);
  const ms = new Date(job.endedAt ?? '').getTime() - new Date(job.startedAt ?? '').getTime();
  return { rate: (size / ms) * 1_000, warm };
}

/** How much larger the server is after the largest job. */
function growthLines(size: number, grown: { heap: number; resident: number; residentWarm: number }): Line[] {
  const line = (what: string, since: string, bytes: number, aim: Line['aim']): Line => {
    const megabytes = round(bytes / MEGABYTE, 1);
    return {
      what: `${what} after ${size.toLocaleString('en')} items, ${since}`,
      measured: `${megabytes.toFixed(1)} MB more`,
      baseline: 'in MB',
      ratio: megabytes,
      aim,
    };
  };
  return [
    line('heap', 'against before', grown.heap, { atMost: 50 }),
    line('resident memory', 'against a tenth of them', grown.residentWarm, { atMost: 50 }),
    line('resident memory', 'against before', grown.resident, null),
  ];
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
        let warm = before;
        const rates: number[] = [];
        const rounds = smallest === 0 ? ROUNDS_OF_THE_SMALLEST : 1;
        for (let round = 0; round < rounds; round += 1) {
          const run = await runOver(stage, ids, size, size === sizes.at(-1));
          rates.push(run.rate);
          warm = run.warm ?? warm;
        }
        const after = await stage.memory();
        const grown = {
          heap: after.heapUsed - before.heapUsed,
          resident: after.rss - before.rss,
          residentWarm: after.rss - warm.rss,
        };
        const rate = median(rates);
        smallest ||= rate;
        say(
          `${size} items: ${rates.map((one) => one.toFixed(1)).join(', ')} items/s, heap ${(grown.heap / MEGABYTE).toFixed(1)} MB, resident ${(grown.resident / MEGABYTE).toFixed(1)} MB`
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
