import { createRegistries, type Application } from './application';

/** What other plugins and the project register, before and after the start. */
export const registries = createRegistries();

let running: Application | null = null;

/** The plugin as it runs. @throws before Strapi has started it */
export function application(): Application {
  if (!running) throw new Error('AI Jobs has not been started: Strapi is still loading.');
  return running;
}

/** Null before the start and after the end. */
export const runningNow = (): Application | null => running;

export function setRunning(next: Application | null): void {
  running = next;
}
