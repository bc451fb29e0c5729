import { POST } from '../../bookshop/fill-jobs';
import { round, type Figure, type Line } from '../figure';
import { benchJob, openStage, type Stage } from '../stage';
import { waitFor } from '../../wait-for';

const LATENCY_MS = 200;
/** Long enough to see a call that should not have been made. */
const WATCHED_MS = 3_000;

/** Waits until a job has listed its entries, all of them, and has begun to work. */
async function listed({ admin }: Stage, id: string, size: number): Promise<void> {
  await waitFor(
    async () => {
      const job = await admin.job(id);
      return job.listed && job.counts.completed >= 40;
    },
    { timeoutMs: 1_800_000, everyMs: 500, what: 'the job to be listed and to run' }
  );
  const { total } = (await admin.job(id)).counts;
  if (total !== size) throw new Error(`The job has ${total} items instead of ${size}.`);
}

/** How soon a job stops calling, however large it is. */
export const control: Figure = {
  name: 'control',
  title: 'Milliseconds from the request to pause or cancel to the last call that began',
  async measure({ short }, say) {
    const size = short ? 3_000 : 100_000;
    const stage = await openStage('embedded');
    const lines: Line[] = [];
    try {
      await stage.posts(size);
      stage.ai.setLatency(LATENCY_MS);
      for (const action of ['pause', 'cancel'] as const) {
        const { id } = await stage.admin.createJob(
          benchJob({
            contentType: POST,
            locale: 'en',
            filters: { documentId: { $startsWith: stage.copiesMark } },
          })
        );
        await listed(stage, id, size);
        // The AI forgets now and then what it was asked, but not within so few calls.
        stage.ai.reset();
        const askedAt = Date.now();
        await stage.admin.act(id, action);
        const answeredMs = Date.now() - askedAt;
        await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
        const lastCallAt = Math.max(askedAt, ...stage.ai.requests.map(({ receivedAt }) => receivedAt));
        const effectiveMs = lastCallAt - askedAt;
        say(`${action}: answered in ${answeredMs} ms, the last call began after ${effectiveMs} ms`);
        lines.push({
          what: `${action} of a job over ${size.toLocaleString('en')} entries`,
          measured: `${effectiveMs} ms (answered in ${answeredMs} ms)`,
          baseline: 'in ms',
          ratio: round(effectiveMs, 0),
          aim: { atMost: 1_000 },
        });
        if (action === 'pause') await stage.admin.act(id, 'cancel');
        await stage.admin.ends(id, 600_000);
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
