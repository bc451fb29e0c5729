const { randomBytes } = require('node:crypto');

const CHUNK = 500;
/** Begins the ids of all copies, so that a filter finds them. */
const MARK = 'bench';
const newId = () =>
  MARK +
  randomBytes(10)
    .toString('hex')
    .slice(0, 24 - MARK.length);

/**
 * Copies of the bookshop's posts, in English, each in its chapter: rows written at once, for libraries of any size.
 * @returns the document ids, in the order of their rows
 */
async function makePosts(app, count) {
  const knex = app.db.connection;
  const originals = await knex('posts').where({ locale: 'en' }).whereNull('published_at').orderBy('id');
  const chapters = await knex('posts_chapter_lnk').select('post_id', 'chapter_id');
  const chapterOf = new Map(chapters.map((row) => [row.post_id, row.chapter_id]));
  const ids = [];
  for (let start = 0; start < count; start += CHUNK) {
    const size = Math.min(CHUNK, count - start);
    const copies = Array.from({ length: size }, (_, position) => {
      const original = originals[(start + position) % originals.length];
      return {
        chapter: chapterOf.get(original.id),
        row: { ...original, document_id: newId(), meta_title: null },
      };
    });
    await knex.transaction(async (transaction) => {
      for (const { row } of copies) delete row.id;
      await transaction.batchInsert(
        'posts',
        copies.map(({ row }) => row),
        40
      );
      const made = await transaction('posts')
        .whereIn(
          'document_id',
          copies.map(({ row }) => row.document_id)
        )
        .select('id', 'document_id');
      const rowOf = new Map(made.map((row) => [row.document_id, row.id]));
      const links = copies
        .filter(({ chapter }) => chapter !== undefined)
        .map(({ row, chapter }) => ({
          post_id: rowOf.get(row.document_id),
          chapter_id: chapter,
          post_ord: start + 1,
        }));
      await transaction.batchInsert('posts_chapter_lnk', links, 100);
    });
    ids.push(...copies.map(({ row }) => row.document_id));
  }
  return ids;
}

module.exports = { makePosts };
