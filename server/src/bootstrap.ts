import type { Core } from '@strapi/strapi';
import { createApplication } from './application';
import { withoutDatabase } from './controllers/without-database';
import { PERMISSION_ACTIONS } from './permissions';
import { registries, setRunning } from './running';
import { isOfConnection } from './store/database-trouble';

/** The database is there: the permissions, and the plugin itself; work begins when the server listens. */
export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany(PERMISSION_ACTIONS);
  const started = createApplication(strapi, registries);
  setRunning(started);
  strapi.server.use(withoutDatabase(started.store.isReachable, isOfConnection));
  // Only a server works: commands that merely load Strapi never listen.
  strapi.server.httpServer.once('listening', () => started.open());
}
