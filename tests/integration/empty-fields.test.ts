import { describe, expect, test } from 'vitest';
import type { ContentTypeView } from '../../server/src/contracts';
import type { AdminClient } from '../bookshop/admin-client';
import type { Bookshop } from '../bookshop/bookshop';
import { lookInto } from '../bookshop/database';
import { expectEmptyCountsToBeFound, postsOverview } from '../bookshop/empty-fields';
import { POST, runJob, Shelf } from '../bookshop/fill-jobs';
import { entryRights, hire, pluginRights } from '../bookshop/people';
import { useShop } from '../bookshop/use-shop';
import { ok, type FakeOpenAi } from '../fakes/openai-server';
import { waitFor } from '../wait-for';

const FIELDS = ['title', 'metaTitle', 'seo.metaTitle', 'seo.keywords'];
const MAKE_JOBS = pluginRights('jobs.create', 'jobs.read');

let shop: Bookshop;
let ai: FakeOpenAi;
let editor: AdminClient;
let administrator: AdminClient;

useShop((open) => ({ shop, ai, editor, administrator } = open));

const emptyOf = (posts: ContentTypeView, path: string): number | undefined =>
  posts.fields.find((field) => field.path === path)?.empty;

/** What the tables hold, asked in another way than the plugin does. */
function inTheTables(locale: string): { total: number; without: number } {
  const [row] = lookInto<{ total: number; without: number }>(
    shop,
    `select count(*) as total, sum(not exists (
       select 1 from posts_cmps as link join components_shared_seos as seo on seo.id = link.cmp_id
       where link.entity_id = posts.id and link.field = 'seo' and seo.meta_title <> ''
     )) as without
     from posts where locale = ? and published_at is null`,
    locale
  );
  return row ?? { total: 0, without: 0 };
}

describe('how many entries lack each field', () => {
  test('also inside a component, and in each language', async () => {
    const posts = await postsOverview(editor);
    expect(posts.defaultLocale).toBe('en');
    expect(posts.perLocale.map(({ locale }) => locale)).toEqual(posts.locales);
    for (const { locale, total, empty } of posts.perLocale) {
      const { total: inTable, without } = inTheTables(locale);
      expect({ total, empty: empty['seo.metaTitle'] }).toEqual({ total: inTable, empty: without });
      expect(total).toBeGreaterThan(0);
    }
    const english = inTheTables('en');
    expect(posts.total).toBe(english.total);
    expect(emptyOf(posts, 'seo.metaTitle')).toBe(english.without);
    expect(english.without).toBeGreaterThan(0);
    expect(english.without).toBeLessThan(english.total);
  });

  test('as many as a selection of the same finds', async () => {
    await expectEmptyCountsToBeFound(editor);
  });

  test('fewer once a job has filled some, where the component was missing, too', async () => {
    const documentIds = lookInto<{ id: string }>(
      shop,
      `select document_id as id from posts where locale = 'en' and published_at is null
       and id not in (select entity_id from posts_cmps where field = 'seo') limit 3`
    ).map(({ id }) => id);
    expect(documentIds).toHaveLength(3);
    const before = emptyOf(await postsOverview(editor), 'seo.metaTitle') ?? 0;
    ai.respond((_request, index) => ok({ 'seo.metaTitle': `Found ${index}` }));
    const job = await runJob(editor, documentIds, { outputs: [{ field: 'seo.metaTitle' }] });
    expect(job.counts).toMatchObject({ total: 3, completed: 3 });
    // Counts are remembered for a moment.
    await waitFor(async () => emptyOf(await postsOverview(editor), 'seo.metaTitle') === before - 3, {
      what: 'three posts fewer without a title for search engines',
    });
  });

  test('only in the languages that the reader may read', async () => {
    const { client } = await hire(administrator, [
      ...MAKE_JOBS,
      ...entryRights(POST, ['read', 'update'], FIELDS, { locales: ['vi'] }),
    ]);
    const posts = await postsOverview(client);
    const { total, without } = inTheTables('vi');
    expect(posts).toMatchObject({ locales: ['vi'], defaultLocale: 'vi', total });
    expect(posts.perLocale).toMatchObject([{ locale: 'vi', total, empty: { 'seo.metaTitle': without } }]);
  });

  test('only of the entries that the reader may read', async () => {
    const { client } = await hire(administrator, [
      ...MAKE_JOBS,
      ...entryRights(POST, ['create', 'update'], FIELDS),
      ...entryRights(POST, ['read'], FIELDS, { conditions: ['admin::is-creator'] }),
    ]);
    expect(await postsOverview(client)).toMatchObject({ total: 0 });
    for (const seo of [{ metaTitle: 'Here it is' }, { keywords: 'none' }])
      await client.data('POST', `/content-manager/collection-types/${POST}?locale=en`, {
        title: 'My own post',
        seo,
      });
    await waitFor(async () => (await postsOverview(client)).total === 2, {
      what: 'the two posts of their own',
    });
    const own = await postsOverview(client);
    expect(emptyOf(own, 'seo.metaTitle')).toBe(1);
    expect(emptyOf(own, 'seo.keywords')).toBe(1);
    expect(emptyOf(own, 'metaTitle')).toBe(2);
    expect((await Shelf.of(editor, POST)).size).toBeGreaterThan(2);
  });
});
