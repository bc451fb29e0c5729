const { seedBookshop } = require('../seed');

/** BOOKSHOP_SEED: `false` leaves the database alone, `people` makes languages and accounts only; else everything. */
const SEED = process.env.BOOKSHOP_SEED || 'true';

module.exports = {
  register() {},

  async bootstrap({ strapi }) {
    if (SEED === 'false') return;
    const startedAt = Date.now();
    const made = await seedBookshop(strapi, SEED === 'people' ? { categories: [] } : {});
    if (made > 0) {
      strapi.log.info(`Bookshop: ${made} entries were put on the shelves in ${Date.now() - startedAt} ms.`);
    }
  },
};
