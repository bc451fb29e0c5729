/** How a job stands that a request is about; it was started by the person of the column `own`. */
export type Standing = 'none' | 'completed' | 'waiting' | 'paused' | 'failed';

/**
 * What a route answers to whom. Nobody signed in always gets 401, and someone without any right of the plugin 403.
 * `own` and `other` may start jobs and see their own (`jobs.read`, `jobs.create`); `readAll` may see all (`jobs.read-all`),
 * `manage` may change all (`jobs.manage`), `administrator` may everything. All of them may edit and publish posts.
 */
export interface RouteRow {
  job: Standing;
  own: number;
  other: number;
  readAll: number;
  manage: number;
  administrator: number;
  /** The rights of which each one alone lets pass. */
  opens: string[];
}

const SEE = ['jobs.read', 'jobs.read-all', 'jobs.manage'];
const CHANGE = ['jobs.create', 'jobs.manage'];
const PROMPTS = ['jobs.create', 'prompts.manage'];

/** The same answer for everyone who comes in; `readAll` and `manage` start no jobs. */
const forStarters = (status: number, opens: string[]): RouteRow => ({
  job: 'none',
  own: status,
  other: status,
  readAll: 403,
  manage: 403,
  administrator: status,
  opens,
});

/** Reading a job: what one may not see does not exist. */
const seen = (): RouteRow => ({
  job: 'completed',
  own: 200,
  other: 404,
  readAll: 200,
  manage: 200,
  administrator: 200,
  opens: SEE,
});

/** Changing a job: who sees it and may not change it is told so. */
const changed = (job: Standing, status: number): RouteRow => ({
  job,
  own: status,
  other: 404,
  readAll: 403,
  manage: status,
  administrator: status,
  opens: CHANGE,
});

const forAdministrators = (status: number, opens: string[]): RouteRow => ({
  ...forStarters(status, opens),
  own: 403,
  other: 403,
});

/** Every route of the plugin. A route that is not here fails the test. */
export const ROUTE_TABLE: Record<string, RouteRow> = {
  'GET /jobs': { ...forStarters(200, SEE), readAll: 200, manage: 200 },
  'POST /jobs': forStarters(201, ['jobs.create']),
  'POST /jobs/sample': forStarters(200, ['jobs.create']),
  'POST /jobs/clean': { ...forStarters(200, CHANGE), manage: 200 },
  'GET /jobs/:id': seen(),
  'DELETE /jobs/:id': changed('completed', 204),
  'GET /jobs/:id/items': seen(),
  'GET /jobs/:id/items/:itemId': seen(),
  'POST /jobs/:id/items/:itemId/retry': changed('failed', 200),
  'POST /jobs/:id/items/:itemId/undo': changed('completed', 201),
  'POST /jobs/:id/pause': changed('waiting', 200),
  'POST /jobs/:id/resume': changed('paused', 200),
  'POST /jobs/:id/cancel': changed('waiting', 200),
  'POST /jobs/:id/retry': changed('failed', 200),
  'POST /jobs/:id/undo': changed('completed', 201),
  'POST /jobs/:id/publish': changed('completed', 201),
  // To run it again is to start a job of one's own: that is what `manage` may not.
  'POST /jobs/:id/duplicate': { ...changed('completed', 201), manage: 403, opens: ['jobs.create'] },
  'POST /selection/count': forStarters(200, ['jobs.create']),
  'GET /entries/:contentType/:documentId': { ...forStarters(200, SEE), readAll: 200, manage: 200 },

  'GET /prompts': forStarters(200, PROMPTS),
  'POST /prompts': forAdministrators(201, ['prompts.manage']),
  'POST /prompts/check': forStarters(200, PROMPTS),
  'GET /prompts/:id': forStarters(200, PROMPTS),
  'PUT /prompts/:id': forAdministrators(200, ['prompts.manage']),
  'DELETE /prompts/:id': forAdministrators(204, ['prompts.manage']),

  'GET /job-types': { ...forStarters(200, [...SEE, 'jobs.create']), readAll: 200, manage: 200 },
  'GET /content-types': {
    ...forStarters(200, [...SEE, ...PROMPTS, 'settings.read']),
    readAll: 200,
    manage: 200,
  },
  'GET /providers': forStarters(200, [...PROMPTS, 'settings.read']),
  'GET /providers/:name/models': forStarters(200, [...PROMPTS, 'settings.read']),
  'POST /providers/:name/test': forAdministrators(200, ['settings.update']),
  'GET /queue': { ...forStarters(200, [...SEE, 'settings.read']), readAll: 200, manage: 200 },
  'GET /settings': forAdministrators(200, ['settings.read']),
  'PUT /settings': forAdministrators(200, ['settings.update']),
};
