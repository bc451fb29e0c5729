import { POST } from '../../bookshop/fill-jobs';
import { round, type Figure, type Line } from '../figure';
import { benchJob, openStage } from '../stage';

const MEGABYTE = 2 ** 20;

/** Whether a job gets slower, or the server larger, as jobs grow. */
export const scale: Figure = {
  name: 'scale',
  title:
    'Items per second as the job grows, against the smallest; and how much the heap grows over the largest',
  async measure({ short, largest }, say) {
    const all = short ? [200, 1_000] : [1_000, 10_000, 100_000];
    const sizes = all.filter((size) => size <= largest);
    const stage = await openStage('embedded');
    const lines: Line[] = [];
    try {
      await stage.posts(Math.max(...sizes));
      let first = 0;
      for (const size of sizes) {
        const ids = await stage.posts(size);
        const { heapUsed: before } = await stage.memory();
        const made =
          size <= 10_000
            ? benchJob({ contentType: POST, documentIds: ids })
            : benchJob({
                contentType: POST,
                locale: 'en',
                filters: { documentId: { $startsWith: stage.copiesMark } },
              });
        const { id } = await stage.admin.createJob(made);
        const job = await stage.ended(id);
        const seconds =
          (new Date(job.endedAt ?? '').getTime() - new Date(job.startedAt ?? '').getTime()) / 1_000;
        const rate = job.counts.completed / seconds;
        const grownMb = ((await stage.memory()).heapUsed - before) / MEGABYTE;
        first ||= rate;
        say(`${size} items: ${rate.toFixed(1)} items/s, heap ${grownMb.toFixed(1)} MB`);
        lines.push({
          what: `${size.toLocaleString('en')} items, 20 in parallel, 0 ms, embedded`,
          measured: `${rate.toFixed(1)} items/s`,
          baseline: `${sizes[0]?.toLocaleString('en') ?? ''} items: ${first.toFixed(1)} items/s`,
          ratio: round(rate / first),
          aim: { atLeast: 0.95 },
        });
        if (size === sizes.at(-1)) {
          lines.push({
            what: `heap after ${size.toLocaleString('en')} items`,
            measured: `${grownMb.toFixed(1)} MB more than before`,
            baseline: 'in MB',
            ratio: round(grownMb, 1),
            aim: { atMost: 50 },
          });
        }
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
