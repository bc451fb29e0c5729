/** The id under which Strapi knows the plugin; also the first part of its routes and translation keys. */
export const PLUGIN_ID = 'ai-jobs';
