import { bootstrap } from './bootstrap';
import config from './config';
import contentTypes from './content-types';
import type { SavePromptBody } from './contracts/prompt';
import { createControllers } from './controllers';
import { destroy } from './destroy';
import policies from './policies';
import { register } from './register';
import routes from './routes';
import { application, registries } from './running';

// For job types and AI APIs of other plugins and of projects.
export {
  defineJobType,
  type ItemContext,
  type JobType,
  type ModelReply,
  type ModelRequest,
  type Outcome,
  type PrepareContext,
  type ReadEntry,
  type ReadPlan,
  type SampleOutcome,
} from './job-types/job-type';
export { WorkError, type Trouble } from './domain/work-error';
export type { InputProblem } from './domain/invalid-input';
export type {
  ChatMessage,
  GenerateReply,
  GenerateRequest,
  Provider,
  ProviderConnection,
  RefusedCall,
  TokenUsage,
} from './providers/provider';

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
  register,
  bootstrap,
  destroy,
};
