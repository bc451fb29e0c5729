import { expect } from 'vitest';
import { END_STATUSES, ENDS_TABLE, type Ground } from './grounds/ground';

interface NotedEnd {
  item_id: number;
  was: string;
  became: string;
}

/** What a person may have run anew. */
const RETRIED = ['failed', 'conflict', 'skipped'];

const isEnd = (status: string): boolean => END_STATUSES.includes(status);

/** An item at work ends; one that has ended is set back to wait; nothing else. */
const isInOrder = ({ was, became }: NotedEnd): boolean =>
  isEnd(was) ? became === 'pending' && RETRIED.includes(was) : isEnd(became);

/** No item, of whichever job, ended a second time, or otherwise, than by being set back and run anew. */
export async function assertEndsInOrder(ground: Ground): Promise<void> {
  const notes = await ground.rows<NotedEnd>(`select item_id, was, became from ${ENDS_TABLE}`);
  expect(
    notes.filter((note) => !isInOrder(note)),
    'no item leaves its end but to be retried'
  ).toEqual([]);
}

/** Each item of a job came to its end once more often than it was set back, and only where somebody retried the job. */
export async function assertEndedOnce(ground: Ground, jobKey: number): Promise<void> {
  const items = await ground.rows<{ id: number; status: string }>(
    'select id, status from ai_jobs_items where job_id = ?',
    [jobKey]
  );
  const notes = await ground.rows<NotedEnd>(
    `select item_id, was, became from ${ENDS_TABLE} where item_id in (select id from ai_jobs_items where job_id = ?)`,
    [jobKey]
  );
  const net = new Map<number, number>();
  for (const { item_id, became } of notes)
    net.set(Number(item_id), (net.get(Number(item_id)) ?? 0) + (isEnd(became) ? 1 : -1));
  // What is skipped when the entries are listed has never been at work.
  const wrong = items.filter(({ id, status }) => {
    const ends = net.get(Number(id)) ?? 0;
    return ends !== 1 && !(status === 'skipped' && ends === 0);
  });
  expect(
    wrong.map((item) => ({
      ...item,
      notes: notes.filter(({ item_id }) => Number(item_id) === Number(item.id)),
    })),
    'each item ends once'
  ).toEqual([]);
  const setBack = notes.filter(({ became }) => !isEnd(became));
  if (setBack.length === 0) return;
  const retries = await ground.rows(`select id from ai_jobs_events where event = 'retried' and job_id = ?`, [
    jobKey,
  ]);
  expect(retries.length, 'nobody but a person sets back what has ended').toBeGreaterThan(0);
}
