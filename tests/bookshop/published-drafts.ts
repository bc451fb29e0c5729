import { expect } from 'vitest';
import type { JobView } from '../../server/src/contracts';
import type { AdminClient } from './admin-client';
import { POST, runJob, type Shelf } from './fill-jobs';

/** Asserts that a job's drafts are published as the writing left them, and left where a person has edited them since. */
export async function expectDraftsToBePublished(client: AdminClient, posts: Shelf): Promise<void> {
  const documentIds = posts.ids(5, ({ status }) => status === 'published');
  const [edited = ''] = documentIds;
  const job = await runJob(client, documentIds);
  expect(job.counts).toMatchObject({ total: 5, completed: 5 });
  const answer = await client.edit(POST, edited, { excerpt: 'Not to be seen yet' }, '?locale=en');
  expect(answer.status).toBe(200);
  const { id } = await client.data<JobView>('POST', `/ai-jobs/jobs/${job.id}/publish`, {});
  expect((await client.ends(id)).counts).toMatchObject({ total: 5, completed: 4, conflict: 1 });
  const [left] = await client.items(id, '&status=conflict');
  expect(left).toMatchObject({ documentId: edited, error: { code: 'draft_edited_since' } });
}
