import { median, round, type Figure, type Line } from '../figure';
import { openStage } from '../stage';

const REQUESTS = 25;
const LIST = '/content-manager/collection-types/api::post.post?page=1&pageSize=10';

/** How long the pages' requests take with full tables, against a list of the Content Manager. */
export const pages: Figure = {
  name: 'pages',
  title: 'Milliseconds of a page with full tables, against the Content Manager’s list of 10 entries',
  async measure({ short }, say) {
    const jobs = short ? 200 : 1_000;
    const items = short ? 20_000 : 1_000_000;
    const stage = await openStage('embedded');
    const lines: Line[] = [];
    try {
      const { biggest } = await stage.fillTables({ jobs, items });
      const pathsOf: [string, string][] = [
        ['the list of jobs', '/ai-jobs/jobs?page=1&pageSize=10'],
        ['the jobs of one status', '/ai-jobs/jobs?status=completed&page=1&pageSize=10'],
        ['a job', `/ai-jobs/jobs/${biggest}`],
        ['a job’s items', `/ai-jobs/jobs/${biggest}/items?page=1&pageSize=10`],
        ['a job’s failed items', `/ai-jobs/jobs/${biggest}/items?status=failed&page=1&pageSize=10`],
      ];
      const time = async (path: string): Promise<number> => {
        const answer = await stage.admin.request('GET', path);
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
        return answer.durationMs;
      };
      for (const [what, path] of pathsOf) {
        const ours: number[] = [];
        const theirs: number[] = [];
        await time(path);
        await time(LIST);
        // One after the other, so that both meet the same weather.
        for (let request = 0; request < REQUESTS; request += 1) {
          ours.push(await time(path));
          theirs.push(await time(LIST));
        }
        say(`${what}: ${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms`);
        lines.push({
          what: `${what}, ${jobs.toLocaleString('en')} jobs and ${items.toLocaleString('en')} items`,
          measured: `${median(ours).toFixed(1)} ms`,
          baseline: `Content Manager ${median(theirs).toFixed(1)} ms`,
          ratio: round(median(ours) / median(theirs)),
          aim: { atMost: 2 },
        });
      }
    } finally {
      await stage.close();
    }
    return lines;
  },
};
