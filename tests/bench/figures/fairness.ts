import { POST } from '../../bookshop/fill-jobs';
import { median, round, type Figure } from '../figure';
import { benchJob, openStage } from '../stage';

const LATENCY_MS = 500;
const SMALL = 5;

/** How long a small job takes behind a huge one, against its time alone. */
export const fairness: Figure = {
  name: 'fairness',
  title: 'The time of a job of 5 items behind a huge one, against its time alone',
  async measure({ short }, say) {
    const huge = short ? 1_000 : 10_000;
    const headStartMs = short ? 3_000 : 10_000;
    const stage = await openStage('embedded');
    try {
      const ids = await stage.posts(huge + SMALL);
      const small = ids.slice(huge);
      await stage.runJob(small);
      stage.ai.setLatency(LATENCY_MS);
      const alone: number[] = [];
      for (let round = 0; round < 3; round += 1) alone.push((await stage.runJob(small)).ms);
      const { id } = await stage.admin.createJob(
        benchJob({ contentType: POST, documentIds: ids.slice(0, huge) })
      );
      await new Promise((resolve) => setTimeout(resolve, headStartMs));
      const behind: number[] = [];
      for (let round = 0; round < 3; round += 1) behind.push((await stage.runJob(small)).ms);
      await stage.admin.act(id, 'cancel');
      say(`alone ${median(alone)} ms, behind ${huge} items ${median(behind)} ms`);
      return [
        {
          what: `${SMALL} items behind ${huge.toLocaleString('en')}, ${LATENCY_MS} ms, embedded`,
          measured: `${median(behind)} ms`,
          baseline: `alone ${median(alone)} ms`,
          ratio: round(median(behind) / median(alone)),
          aim: { atMost: 2 },
        },
      ];
    } finally {
      await stage.close();
    }
  },
};
