import type { JobView, PromptView } from '../../../server/src/contracts';
import type { AdminClient } from '../../bookshop/admin-client';
import { fillBody, POST, runJob, Shelf } from '../../bookshop/fill-jobs';
import type { Known } from './generated-requests';
import type { Tables } from './tables';

const OF_EACH_KIND = 3;
const PROMPTS = 6;
const HOUR_MS = 3_600_000;

/** Something that a request may take away, and how another one is made. */
interface Subject {
  id: string;
  make: () => Promise<{ id: string }>;
}

/** What generated requests are about. */
export interface Subjects {
  /** Always the same object; what is in it changes as subjects are renewed. */
  known: Known;
  /** Makes anew what is gone, and what has ended among the jobs that wait. */
  renew(): Promise<void>;
}

async function madeBy(make: Subject['make']): Promise<Subject> {
  const { id } = await make();
  return { id, make };
}

const idsOf = (subjects: Subject[]): string[] => subjects.map(({ id }) => id);
const quoted = (ids: string[]): string => ids.map((id) => `'${id}'`).join(', ');

async function renewBut(subjects: Subject[], remaining: Set<string>): Promise<void> {
  const gone = subjects.filter(({ id }) => !remaining.has(id));
  await Promise.all(
    gone.map(async (subject) => {
      subject.id = (await subject.make()).id;
    })
  );
}

/** Ids of those that are still in a table, and as they should be. */
async function remainingIn(
  { rows }: Tables,
  table: string,
  ids: string[],
  where: string
): Promise<Set<string>> {
  const found = (await rows(
    `select document_id from ${table} where document_id in (${quoted(ids)}) and ${where}`
  )) as { document_id: string }[];
  return new Set(found.map((row) => row.document_id));
}

async function itemsOf({ rows }: Tables, jobIds: string[]): Promise<Known['items']> {
  const found = (await rows(
    `select i.id, j.document_id from ai_jobs_items i join ai_jobs_jobs j on j.id = i.job_id
     where j.document_id in (${quoted(jobIds)}) and j.status <> 'deleted' order by i.id`
  )) as { id: number | string; document_id: string }[];
  return found.map((row) => ({ id: String(row.id), jobId: row.document_id }));
}

/** Jobs that have run, jobs that wait for their time, and prompts. */
export async function makeSubjects(
  administrator: AdminClient,
  tables: Tables,
  aiUrl: string
): Promise<Subjects> {
  const posts = await Shelf.of(administrator, POST);
  const start = (documentIds: string[], startAt?: string): Promise<JobView> =>
    administrator.createJob(fillBody({ contentType: POST, documentIds }, {}, startAt ? { startAt } : {}));

  const ran: Subject[] = [];
  const waiting: Subject[] = [];
  for (let made = 0; made < OF_EACH_KIND; made += 1) {
    const two = posts.ids(2);
    const one = posts.ids(1);
    ran.push({ id: (await runJob(administrator, two)).id, make: () => start(two) });
    waiting.push(await madeBy(() => start(one, new Date(Date.now() + HOUR_MS).toISOString())));
  }
  const prompts = await Promise.all(
    Array.from({ length: PROMPTS }, (_, number) =>
      madeBy(() =>
        administrator.data<PromptView>('POST', '/ai-jobs/prompts', {
          name: `Prompt ${number}`,
          contentType: POST,
          template: '{{ title }}',
        })
      )
    )
  );
  const known: Known = { jobIds: [], items: [], promptIds: [], documentIds: posts.ids(5), aiUrl };
  const renew = async (): Promise<void> => {
    await renewBut(ran, await remainingIn(tables, 'ai_jobs_jobs', idsOf(ran), `status <> 'deleted'`));
    const isLeft = `status in ('pending', 'processing', 'paused')`;
    await renewBut(waiting, await remainingIn(tables, 'ai_jobs_jobs', idsOf(waiting), isLeft));
    await renewBut(prompts, await remainingIn(tables, 'ai_jobs_prompts', idsOf(prompts), '1 = 1'));
    known.jobIds = idsOf([...ran, ...waiting]);
    known.promptIds = idsOf(prompts);
    // A job that has just been made has none yet: until it has, those of before it are asked for.
    const items = await itemsOf(tables, idsOf(ran));
    if (items.length > 0) known.items = items;
  };
  await renew();
  return { known, renew };
}
