const { savePrompts } = require('./prompts');
const { CATEGORY, BOOK_GROUP, BOOK, CHAPTER, POST, BOOKSHOP_TYPES } = require('./types');

/**
 * The levels of the content, from the top: the type, the attribute that points to the level above, where the level
 * below is found in the content's modules, and which of their properties are an entry's own.
 */
const LEVELS = [
  { type: CATEGORY, parent: null, children: 'groups', fields: ['name', 'description'] },
  { type: BOOK_GROUP, parent: 'category', children: 'books', fields: ['name', 'description'] },
  { type: BOOK, parent: 'group', children: 'chapters', fields: ['name', 'author', 'description'] },
  { type: CHAPTER, parent: 'book', children: 'posts', fields: ['name', 'outline', 'description'] },
  {
    type: POST,
    parent: 'chapter',
    children: null,
    fields: ['title', 'body', 'excerpt', 'metaTitle', 'metaDescription', 'seo', 'level', 'facts'],
  },
];

const pick = (source, fields) =>
  Object.fromEntries(
    fields.filter((field) => source[field] !== undefined).map((field) => [field, source[field]])
  );

/** A chapter's posts, each with the sentence that it begins with: what there is to describe the chapter by. */
const outlineOf = (posts) =>
  posts.map(({ title, body }) => `${title}: ${/^.+?[.?!](?=\s|$)/.exec(body)?.[0] ?? ''}`).join('\n');

/** The content's chapters carry no outline: it follows from their posts. */
function withOutlines(chapter) {
  const translated = chapter.posts.flatMap((post) => (post.vi ? [post.vi] : []));
  return {
    ...chapter,
    outline: outlineOf(chapter.posts),
    ...(chapter.vi ? { vi: { ...chapter.vi, outline: outlineOf(translated) } } : {}),
  };
}

/** Puts one entry on its shelf: in English, then in Vietnamese where it has `vi`; returns its document id. */
async function shelve(strapi, level, entry, parentId) {
  const documents = strapi.documents(level.type);
  const relation = level.parent ? { [level.parent]: parentId } : {};
  const status = entry.draft ? 'draft' : 'published';
  const { documentId } = await documents.create({
    locale: 'en',
    status,
    data: { ...pick(entry, level.fields), ...relation },
  });
  if (entry.vi) {
    await documents.update({
      documentId,
      locale: 'vi',
      status,
      data: { ...pick(entry.vi, level.fields), ...relation },
    });
  }
  if (entry.revision) {
    await documents.update({
      documentId,
      locale: 'en',
      data: { body: `${entry.body}\n\n${entry.revision}` },
    });
  }
  return documentId;
}

async function shelveAll(strapi, entries, depth, parentId) {
  const level = LEVELS[depth];
  let count = 0;
  for (const entry of entries) {
    const documentId = await shelve(
      strapi,
      level,
      level.type === CHAPTER ? withOutlines(entry) : entry,
      parentId
    );
    count += 1;
    if (level.children) count += await shelveAll(strapi, entry[level.children], depth + 1, documentId);
  }
  return count;
}

/** Whether the bookshop holds no entry of any of its types. */
async function isEmpty(strapi) {
  for (const type of BOOKSHOP_TYPES) {
    if ((await strapi.db.query(type).count()) > 0) return false;
  }
  return true;
}

/**
 * Fills an empty bookshop with `categories` (see demo/content) and the ready-made prompts, in one transaction: a start that is
 * killed halfway leaves nothing behind, and the next one fills it. Returns how many entries were made; 0 where there were some
 * already, or where there are none to make.
 */
async function fillShelves(strapi, categories) {
  if (categories.length === 0 || !(await isEmpty(strapi))) return 0;
  return strapi.db.transaction(async () => {
    await savePrompts(strapi);
    return shelveAll(strapi, categories, 0, null);
  });
}

module.exports = { fillShelves };
