import { PERMISSIONS as MAY } from '../permissions';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A route of the admin panel, open to who has any of the permissions. */
const route = (method: Method, path: string, handler: string, ...permissions: string[]) => ({
  method,
  path,
  handler,
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'plugin::ai-jobs.has-any-permission', config: { actions: permissions } },
    ],
  },
});

const SEE = [MAY.jobsRead, MAY.jobsReadAll, MAY.jobsManage];
const CHANGE = [MAY.jobsCreate, MAY.jobsManage];

export default {
  admin: {
    type: 'admin',
    routes: [
      route('GET', '/jobs', 'jobs.list', ...SEE),
      route('POST', '/jobs', 'jobs.create', MAY.jobsCreate),
      route('POST', '/jobs/sample', 'jobs.sample', MAY.jobsCreate),
      route('POST', '/jobs/clean', 'jobs.clean', ...CHANGE),
      route('GET', '/jobs/:id', 'jobs.find', ...SEE),
      route('DELETE', '/jobs/:id', 'jobs.remove', ...CHANGE),
      route('GET', '/jobs/:id/items', 'jobs.items', ...SEE),
      route('GET', '/jobs/:id/items/:itemId', 'jobs.item', ...SEE),
      route('POST', '/jobs/:id/items/:itemId/retry', 'jobs.retryItem', ...CHANGE),
      route('POST', '/jobs/:id/items/:itemId/undo', 'jobs.undoItem', ...CHANGE),
      route('POST', '/jobs/:id/pause', 'jobs.pause', ...CHANGE),
      route('POST', '/jobs/:id/resume', 'jobs.resume', ...CHANGE),
      route('POST', '/jobs/:id/cancel', 'jobs.cancel', ...CHANGE),
      route('POST', '/jobs/:id/retry', 'jobs.retry', ...CHANGE),
      route('POST', '/jobs/:id/undo', 'jobs.undo', ...CHANGE),
      route('POST', '/jobs/:id/publish', 'jobs.publish', ...CHANGE),
      route('POST', '/jobs/:id/duplicate', 'jobs.duplicate', MAY.jobsCreate),
      route('POST', '/selection/count', 'jobs.count', MAY.jobsCreate),
      route('GET', '/entries/:contentType/:documentId', 'jobs.entryItems', ...SEE),

      route('GET', '/prompts', 'prompts.list', MAY.jobsCreate, MAY.promptsManage),
      route('POST', '/prompts', 'prompts.create', MAY.promptsManage),
      route('POST', '/prompts/check', 'prompts.check', MAY.jobsCreate, MAY.promptsManage),
      route('GET', '/prompts/:id', 'prompts.find', MAY.jobsCreate, MAY.promptsManage),
      route('PUT', '/prompts/:id', 'prompts.update', MAY.promptsManage),
      route('DELETE', '/prompts/:id', 'prompts.remove', MAY.promptsManage),

      route('GET', '/job-types', 'project.jobTypes', ...SEE, MAY.jobsCreate),
      route(
        'GET',
        '/content-types',
        'project.contentTypes',
        ...SEE,
        MAY.jobsCreate,
        MAY.promptsManage,
        MAY.settingsRead
      ),
      route('GET', '/providers', 'project.providers', MAY.jobsCreate, MAY.promptsManage, MAY.settingsRead),
      route(
        'GET',
        '/providers/:name/models',
        'project.models',
        MAY.jobsCreate,
        MAY.promptsManage,
        MAY.settingsRead
      ),
      route('POST', '/providers/:name/test', 'project.testProvider', MAY.settingsUpdate),
      route('GET', '/queue', 'project.queue', ...SEE, MAY.settingsRead),
      route('GET', '/settings', 'project.settings', MAY.settingsRead),
      route('PUT', '/settings', 'project.updateSettings', MAY.settingsUpdate),
    ],
  },
};
