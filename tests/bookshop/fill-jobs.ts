import type { CreateJobBody, ItemDetail, JobDetail, JobView, Selection } from '../../server/src/contracts';
import type { AdminClient } from './admin-client';

export const POST = 'api::post.post';
export const CHAPTER = 'api::chapter.chapter';
export const BOOK = 'api::book.book';

/** The plugin's options for tests that cannot wait a minute for a second attempt. */
export const QUICK = {
  jobTypes: {
    'fill-fields': { backoffSeconds: [1], attempts: 3, timeoutSeconds: 5, concurrency: 10 },
  },
  leaseMs: 3_000,
  pauseAfterMinutesDown: 0.1,
};

/** The body of a job as tests write it: the settings may be wrong on purpose. */
export type FillBody = Omit<CreateJobBody, 'settings'> & { settings: Record<string, unknown> };

/** A job that writes meta titles from the title; `settings` and `more` go over it. */
export function fillBody(
  selection: Selection,
  settings: Record<string, unknown> = {},
  more: Partial<CreateJobBody> = {}
): FillBody {
  return {
    type: 'fill-fields',
    selection,
    ...more,
    settings: {
      provider: 'openai',
      model: 'gpt-test',
      prompt: 'Title: {{ title }}',
      mode: 'apply',
      outputs: [{ field: 'metaTitle' }],
      ...settings,
    },
  };
}

/** Makes a job over some posts and waits for its end. */
export async function runJob(
  client: AdminClient,
  documentIds: string[],
  settings: Record<string, unknown> = {},
  more: Partial<CreateJobBody> = {}
): Promise<JobDetail> {
  const job = await client.createJob(fillBody({ contentType: POST, documentIds }, settings, more));
  return client.ends(job.id);
}

/** A job's first item, with everything that is told of it. */
export async function firstItem(client: AdminClient, jobId: string): Promise<ItemDetail> {
  const [item] = await client.items(jobId);
  return client.data<ItemDetail>('GET', `/ai-jobs/jobs/${jobId}/items/${item?.id ?? 0}`);
}

/** A job over one post, at its end, with its item, and the post's draft before and after. */
export async function runOnPost(
  client: AdminClient,
  documentId: string,
  settings: Record<string, unknown> = {}
): Promise<{
  job: JobDetail;
  item: ItemDetail;
  before: Record<string, unknown>;
  entry: Record<string, unknown>;
}> {
  const read = () => client.entry(POST, documentId, '?locale=en');
  const before = await read();
  const job = await runJob(client, [documentId], settings);
  return { job, before, item: await firstItem(client, job.id), entry: await read() };
}

/** Asks for something that makes a job, such as undoing another one, and waits for the end of that job. */
export async function runAction(client: AdminClient, path: string): Promise<JobDetail> {
  const job = await client.data<JobView>('POST', path, {});
  return client.ends(job.id);
}

/** An entry as the Content Manager lists it. */
export interface ListedEntry {
  documentId: string;
  title?: string;
  name?: string;
  status: 'draft' | 'modified' | 'published';
  metaTitle?: string | null;
}

/** Gives every test entries of its own, each once, so that tests of one shop do not meet. */
export class Shelf {
  private readonly taken = new Set<string>();

  private constructor(private readonly entries: ListedEntry[]) {}

  static async of(client: AdminClient, contentType: string, query = ''): Promise<Shelf> {
    const entries: ListedEntry[] = [];
    for (let page = 1; ; page += 1) {
      const found = await client.entries(contentType, `&sort=id:asc&page=${page}${query}`);
      entries.push(...(found as unknown as ListedEntry[]));
      if (found.length < 100) return new Shelf(entries);
    }
  }

  get size(): number {
    return this.entries.length;
  }

  /** The next entries that nobody has, of those that fit. */
  take(count: number, fits: (entry: ListedEntry) => boolean = () => true): ListedEntry[] {
    const found = this.entries
      .filter((entry) => !this.taken.has(entry.documentId) && fits(entry))
      .slice(0, count);
    if (found.length < count)
      throw new Error(`Only ${found.length} of ${count} entries are left on the shelf.`);
    for (const entry of found) this.taken.add(entry.documentId);
    return found;
  }

  /** The same, by their ids. */
  ids(count: number, fits?: (entry: ListedEntry) => boolean): string[] {
    return this.take(count, fits).map((entry) => entry.documentId);
  }
}
