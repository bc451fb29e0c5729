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
