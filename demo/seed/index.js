const { ensureLocales } = require('./locales');
const { PEOPLE, ensurePeople, grantEditorRights } = require('./people');
const { PROMPTS } = require('./prompts');
const { fillShelves } = require('./shelves');
const types = require('./types');

/**
 * Prepares the bookshop: languages, an administrator and an editor, and, where it is empty, its content and ready-made prompts.
 * Does nothing twice. `categories`: other content than the bookshop's own; an empty list for none.
 * Returns how many entries were made.
 */
async function seedBookshop(strapi, { categories = require('../content') } = {}) {
  await ensureLocales(strapi);
  await ensurePeople(strapi);
  return fillShelves(strapi, categories);
}

module.exports = {
  seedBookshop,
  ensureLocales,
  ensurePeople,
  grantEditorRights,
  fillShelves,
  PEOPLE,
  PROMPTS,
  types,
};
