import { ITEM_STATUSES } from '../../../server/src/contracts/statuses';
import type { Tables } from './tables';

/** What the plugin's tables say that must never be so, by what is wrong; all empty where nothing is. */
export async function brokenRows({ rows, isObject, textIn }: Tables): Promise<Record<string, unknown[]>> {
  const sums = ITEM_STATUSES.map(
    (status) =>
      `j.count_${status} <> (select count(*) from ai_jobs_items i where i.job_id = j.id and i.status = '${status}')`
  );
  const orphans = (table: string): Promise<unknown[]> =>
    rows(`select * from ${table} where job_id not in (select id from ai_jobs_jobs)`);
  return {
    'jobs whose counts are not the sum of their items': await rows(
      `select id, status, title from ai_jobs_jobs j where ${sums.join(' or ')}`
    ),
    'jobs without what makes a job': await rows(
      `select id, type from ai_jobs_jobs where coalesce(type, '') = '' or coalesce(title, '') = '' or selection is null
       or not ${isObject('selection')} or settings is null or not ${isObject('settings')} or status is null
       or starter_id is null or not exists (select 1 from ai_jobs_events e where e.job_id = ai_jobs_jobs.id)`
    ),
    'picked jobs without their ids': await rows(
      `select id from ai_jobs_jobs j where ${textIn('selection', 'kind')} = 'ids' and not listed
       and not exists (select 1 from ai_jobs_selections s where s.job_id = j.id)`
    ),
    'items of no job': await orphans('ai_jobs_items'),
    'selections of no job': await orphans('ai_jobs_selections'),
    'replies of no job': await orphans('ai_jobs_replies'),
    'events of no job': await orphans('ai_jobs_events'),
    'prompts without a name or a template': await rows(
      `select id from ai_jobs_prompts where coalesce(name, '') = '' or coalesce(template, '') = ''`
    ),
  };
}
