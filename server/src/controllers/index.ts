import type { Application } from '../application';
import { createJobsController } from './jobs';
import { createProjectController } from './project';
import { createPromptsController } from './prompts';

/** Controllers by name, as routes call them. */
export function createControllers(application: () => Application) {
  return {
    jobs: () => createJobsController(application),
    prompts: () => createPromptsController(application),
    project: () => createProjectController(application),
  };
}
