import { expect } from 'vitest';
import type { ContentTypeView, SelectionCountResponse } from '../../server/src/contracts';
import type { AdminClient } from './admin-client';
import { POST } from './fill-jobs';

/** Conditions that find posts in which a field is empty, as the pages send them. */
const EMPTY: Record<string, Record<string, unknown>> = {
  metaTitle: { $or: [{ metaTitle: { $null: true } }, { metaTitle: { $eq: '' } }] },
  'seo.metaTitle': {
    $or: [{ seo: { metaTitle: { $null: true } } }, { seo: { metaTitle: { $eq: '' } } }],
  },
  level: { level: { $null: true } },
  facts: { facts: { $null: true } },
};

/** What the overview says of posts. */
export async function postsOverview(client: AdminClient): Promise<ContentTypeView> {
  const types = await client.data<ContentTypeView[]>('GET', '/ai-jobs/content-types');
  const posts = types.find(({ uid }) => uid === POST);
  if (!posts) throw new Error('Posts are not among the content types of this person.');
  return posts;
}

/** Asserts that what the overview says is empty is what a selection of the same finds, in each language. */
export async function expectEmptyCountsToBeFound(client: AdminClient): Promise<void> {
  const posts = await postsOverview(client);
  const found = async (locale: string, filters?: Record<string, unknown>): Promise<number> => {
    const selection = { contentType: POST, locale, ...(filters ? { filters } : {}) };
    const count = await client.data<SelectionCountResponse['data']>('POST', '/ai-jobs/selection/count', {
      selection,
    });
    return count.total;
  };
  for (const { locale, total, empty } of posts.perLocale) {
    expect(total).toBe(await found(locale));
    for (const [path, filters] of Object.entries(EMPTY))
      expect(`${locale} ${path}: ${empty[path] ?? 'not counted'}`).toBe(
        `${locale} ${path}: ${await found(locale, filters)}`
      );
  }
}
