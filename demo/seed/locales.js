const LANGUAGES = [
  { code: 'en', name: 'English (en)' },
  { code: 'vi', name: 'Vietnamese (vi)' },
];

/** Makes sure that the bookshop speaks English (Strapi's default) and Vietnamese. */
async function ensureLocales(strapi) {
  const locales = strapi.plugin('i18n').service('locales');
  for (const language of LANGUAGES) {
    if (!(await locales.findByCode(language.code))) await locales.create(language);
  }
}

module.exports = { ensureLocales };
