import type { Core } from '@strapi/strapi';
import { workerOrder } from './services/worker-process';
import { waitForTables } from './services/worker-tables';
import { leaveToServer } from './store/left-to-the-server';
import { INTERNAL_MODELS } from './store/models';
import { readTables } from './store/tables-there';

/** Before the database exists: the tables that Strapi is to make. */
export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of INTERNAL_MODELS) strapi.get('models').add(model);
  // A worker process that has no business here ends before the database is touched.
  if (workerOrder(strapi))
    leaveToServer(strapi, () => waitForTables(() => readTables(strapi.db), strapi.log));
}
