const one = (action: string) => [{ action: `plugin::ai-jobs.${action}`, subject: null }];

/** The plugin's rights, in the shape that Strapi's `Page.Protect`, `useRBAC` and links take. */
export const PERMISSIONS = {
  jobsRead: one('jobs.read'),
  jobsReadAll: one('jobs.read-all'),
  jobsCreate: one('jobs.create'),
  jobsManage: one('jobs.manage'),
  promptsManage: one('prompts.manage'),
  settingsRead: one('settings.read'),
  settingsUpdate: one('settings.update'),
};

/** Any of them lets its holder see jobs, as the server's routes have it: their own, or everybody's. */
export const SEE_JOBS = [...PERMISSIONS.jobsRead, ...PERMISSIONS.jobsReadAll, ...PERMISSIONS.jobsManage];
/** Any of them lets its holder see prompts. */
export const SEE_PROMPTS = [...PERMISSIONS.jobsCreate, ...PERMISSIONS.promptsManage];
/** Any of them lets its holder see what others have started, too. */
export const SEE_ALL_JOBS = [...PERMISSIONS.jobsReadAll, ...PERMISSIONS.jobsManage];
/** Any of them gives its holder one of the plugin's pages. */
export const SEE_ANYTHING = [...SEE_JOBS, ...SEE_PROMPTS, ...PERMISSIONS.settingsRead];
