import type { Core } from '@strapi/strapi';
import { workerOrder } from './services/worker-process';
import { INTERNAL_MODELS } from './store/models';

/** Before the database exists: the tables that Strapi is to make. */
export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of INTERNAL_MODELS) strapi.get('models').add(model);
  // A worker process that has no business here ends before the database is touched.
  workerOrder(strapi);
}
