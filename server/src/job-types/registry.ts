import { fillFields } from './fill-fields';
import type { JobType } from './job-type';
import { publishItems } from './publish-items';
import { undo } from './undo';

/** The kinds of work there are, by name. */
export interface JobTypeRegistry {
  /** @throws where the name is taken or the type has no handler: a project must not start half-equipped. */
  register<Settings>(type: JobType<Settings>): void;
  get(name: string): JobType | null;
  list(): JobType[];
}

export function createJobTypeRegistry(): JobTypeRegistry {
  const types = new Map<string, JobType>();
  const registry: JobTypeRegistry = {
    register(type) {
      if (!/^[a-z][a-z0-9-]*$/.test(type.name))
        throw new Error(
          `AI Jobs: "${type.name}" is not a name for a job type; use lower case letters, digits and hyphens.`
        );
      if (types.has(type.name))
        throw new Error(`AI Jobs: two job types are called "${type.name}". Give one of them another name.`);
      if (typeof type.run !== 'function')
        throw new Error(`AI Jobs: the job type "${type.name}" has no run function.`);
      types.set(type.name, type as unknown as JobType);
    },
    get: (name) => types.get(name) ?? null,
    list: () => [...types.values()],
  };
  registry.register(fillFields);
  registry.register(undo);
  registry.register(publishItems);
  return registry;
}
