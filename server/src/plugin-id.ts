/** The plugin's name inside Strapi: of its routes, permissions, configuration. */
export const PLUGIN_ID = 'ai-jobs';
export const JOB_UID = 'plugin::ai-jobs.job';
export const PROMPT_UID = 'plugin::ai-jobs.prompt';
