import type { Core } from '@strapi/strapi';
import { createApplication, createRegistries, type Application } from './application';
import config from './config';
import contentTypes from './content-types';
import type { SavePromptBody } from './contracts/prompt';
import { createControllers } from './controllers';
import { PERMISSION_ACTIONS } from './permissions';
import policies from './policies';
import routes from './routes';
import { workerOrder } from './services/worker-process';
import { INTERNAL_MODELS } from './store/models';

const registries = createRegistries();
let running: Application | null = null;

const application = (): Application => {
  if (!running) throw new Error('AI Jobs has not been started: Strapi is still loading.');
  return running;
};

/** Wiring only: what the plugin is to Strapi. */
export default {
  config,
  contentTypes,
  policies,
  routes,
  controllers: createControllers(application),
  services: {
    /** Where other plugins and the project register job types: `register(defineJobType({…}))`. */
    'job-types': () => registries.jobTypes,
    /** Where they register AI APIs. */
    providers: () => registries.providers,
    /** Saved prompts, for a project that brings its own along. */
    prompts: () => ({
      names: () => application().prompts.names(),
      create: (body: SavePromptBody) => application().prompts.create(body, null),
    }),
    /** Of the command `ai-jobs worker`, once Strapi has loaded. */
    worker: () => ({
      open: () => application().openWorker(),
      close: () => application().close(),
    }),
  },

  register({ strapi }: { strapi: Core.Strapi }): void {
    for (const model of INTERNAL_MODELS) strapi.get('models').add(model);
    // A worker process that has no business here ends before the database is touched.
    workerOrder(strapi);
  },

  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    await strapi.service('admin::permission').actionProvider.registerMany(PERMISSION_ACTIONS);
    const started = createApplication(strapi, registries);
    running = started;
    // Only a server works: commands that merely load Strapi never listen.
    strapi.server.httpServer.once('listening', () => started.open());
  },

  async destroy(): Promise<void> {
    await running?.close();
    running = null;
  },
};
