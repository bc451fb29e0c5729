import { PLUGIN_ID } from './plugin-id';

/** The plugin's own permissions, as they stand in Strapi's roles. */
export const PERMISSIONS = {
  jobsRead: `plugin::${PLUGIN_ID}.jobs.read`,
  jobsReadAll: `plugin::${PLUGIN_ID}.jobs.read-all`,
  jobsCreate: `plugin::${PLUGIN_ID}.jobs.create`,
  jobsManage: `plugin::${PLUGIN_ID}.jobs.manage`,
  promptsManage: `plugin::${PLUGIN_ID}.prompts.manage`,
  settingsRead: `plugin::${PLUGIN_ID}.settings.read`,
  settingsUpdate: `plugin::${PLUGIN_ID}.settings.update`,
} as const;

/** For Strapi's action provider. */
export const PERMISSION_ACTIONS = [
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'jobs',
    uid: 'jobs.read',
    displayName: 'See own jobs',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'jobs',
    uid: 'jobs.read-all',
    displayName: 'See everyone’s jobs',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'jobs',
    uid: 'jobs.create',
    displayName: 'Start jobs',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'jobs',
    uid: 'jobs.manage',
    displayName: 'Manage the jobs of others',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'prompts',
    uid: 'prompts.manage',
    displayName: 'Manage prompts',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'settings',
    uid: 'settings.read',
    displayName: 'See the settings',
  },
  {
    section: 'plugins',
    pluginName: PLUGIN_ID,
    subCategory: 'settings',
    uid: 'settings.update',
    displayName: 'Change the settings',
  },
];
