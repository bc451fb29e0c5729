const { savePrompts } = require('./prompts');
const aboutShop = require('../content/about-shop');
const { CATEGORY, BOOK_GROUP, BOOK, CHAPTER, POST, ABOUT_SHOP, BOOKSHOP_TYPES } = require('./types');

const pick = (source, fields) =>
  Object.fromEntries(
    fields.filter((field) => source[field] !== undefined).map((field) => [field, source[field]])
  );

/** A chapter's posts, each with the sentence that it begins with: what there is to describe the chapter by. */
const chapterOutline = ({ posts }) =>
  posts.map(({ title, body }) => `${title}: ${/^.+?[.?!](?=\s|$)/.exec(body)?.[0] ?? ''}`).join('\n');

/** A book's chapters, each with the titles of its posts. */
const bookOutline = ({ chapters }) =>
  chapters.map(({ name, posts }) => `${name}: ${posts.map(({ title }) => title).join('; ')}.`).join('\n');

/** The Vietnamese version with what below it has one too; null without one. */
function inVietnamese(entry) {
  if (!entry.vi) return null;
  const below = ['chapters', 'posts'].filter((name) => entry[name]);
  const translated = below.map((name) => [
    name,
    entry[name].map(inVietnamese).filter((child) => child !== null),
  ]);
  return { ...entry.vi, ...Object.fromEntries(translated) };
}

/** The content's books and chapters carry no outline: it follows from what is in them. */
function withOutline(entry, outlineOf) {
  const translated = inVietnamese(entry);
  return {
    ...entry,
    outline: outlineOf(entry),
    ...(translated ? { vi: { ...translated, outline: outlineOf(translated) } } : {}),
  };
}

/**
 * The levels of the content, from the top: the type, the attribute that points to the level above, where the level
 * below is found in the content's modules, which of their properties are an entry's own, and how its outline is made.
 */
const LEVELS = [
  { type: CATEGORY, parent: null, children: 'groups', fields: ['name', 'description'] },
  { type: BOOK_GROUP, parent: 'category', children: 'books', fields: ['name', 'description'] },
  {
    type: BOOK,
    parent: 'group',
    children: 'chapters',
    fields: ['name', 'author', 'outline', 'description'],
    outline: bookOutline,
  },
  {
    type: CHAPTER,
    parent: 'book',
    children: 'posts',
    fields: ['name', 'outline', 'description'],
    outline: chapterOutline,
  },
  {
    type: POST,
    parent: 'chapter',
    children: null,
    fields: ['title', 'body', 'excerpt', 'metaTitle', 'metaDescription', 'seo', 'level', 'facts'],
  },
];

/** The page about the shop stands on no shelf. */
const ABOUT_PAGE = {
  type: ABOUT_SHOP,
  parent: null,
  children: null,
  fields: ['title', 'introduction', 'metaDescription'],
};

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
      level.outline ? withOutline(entry, level.outline) : entry,
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
 * Fills an empty bookshop with `categories` (see demo/content), the page about the shop and the ready-made prompts, in one transaction: a start that is
 * killed halfway leaves nothing behind, and the next one fills it. Returns how many entries were made; 0 where there were some
 * already, or where there are none to make.
 */
async function fillShelves(strapi, categories) {
  if (categories.length === 0 || !(await isEmpty(strapi))) return 0;
  return strapi.db.transaction(async () => {
    await savePrompts(strapi);
    await shelve(strapi, ABOUT_PAGE, aboutShop, null);
    return 1 + (await shelveAll(strapi, categories, 0, null));
  });
}

module.exports = { fillShelves };
