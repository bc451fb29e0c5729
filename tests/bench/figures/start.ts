import { POST } from '../../bookshop/fill-jobs';
import type { Selection } from '../../../server/src/contracts';
import { median, round, type Figure, type Line } from '../figure';
import { benchJob, openStage } from '../stage';
import { waitFor } from '../../wait-for';

const ROUNDS = 5;

/** How long a person waits after the click. */
export const start: Figure = {
  name: 'start',
  title: 'Milliseconds until POST /jobs answers, and from there to the first completed item',
  async measure({ short }, say) {
    const libraries = short ? [3_000] : [20_000, 100_000];
    const many = short ? 1_000 : 10_000;
    const stage = await openStage('embedded');
    const lines: Line[] = [];
    try {
      const ids = await stage.posts(Math.max(many, ...libraries.slice(0, 1)));
      const selections: { what: string; library?: number; selection: Selection }[] = [
        { what: '10 ids', selection: { contentType: POST, documentIds: ids.slice(0, 10) } },
        {
          what: `${many.toLocaleString('en')} ids`,
          selection: { contentType: POST, documentIds: ids.slice(0, many) },
        },
        ...libraries.map((library) => ({
          what: `a filter over ${library.toLocaleString('en')} entries`,
          library,
          selection: {
            contentType: POST,
            locale: 'en',
            filters: { documentId: { $startsWith: stage.copiesMark } },
          },
        })),
      ];
      // The queue is up, as in a server that runs.
      await stage.runJob(ids.slice(0, 10));
      for (const { what, library, selection } of selections) {
        if (library !== undefined) await stage.posts(library);
        const answers: number[] = [];
        const firsts: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const askedAt = performance.now();
          const { id } = await stage.admin.createJob(benchJob(selection));
          const answeredAt = performance.now();
          await waitFor(async () => (await stage.admin.job(id)).counts.completed > 0, {
            timeoutMs: 120_000,
            what: 'the first item',
          });
          answers.push(answeredAt - askedAt);
          firsts.push(performance.now() - answeredAt);
          await stage.admin.act(id, 'cancel');
          await stage.admin.ends(id, 600_000);
        }
        say(
          `${what}: answered in ${median(answers).toFixed(0)} ms, first item ${median(firsts).toFixed(0)} ms later`
        );
        lines.push(
          {
            what: `${what}: the answer`,
            measured: `${median(answers).toFixed(0)} ms`,
            baseline: 'in ms',
            ratio: round(median(answers), 0),
            aim: { atMost: 300 },
          },
          {
            what: `${what}: from the answer to the first completed item`,
            measured: `${median(firsts).toFixed(0)} ms`,
            baseline: 'in ms',
            ratio: round(median(firsts), 0),
            aim: { atMost: 1_000 },
          }
        );
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
