import type { Core } from '@strapi/strapi';

/** The part of Strapi's lifecycle events that is looked at. */
interface WriteEvent {
  action: string;
  model: { uid: string };
  params?: { where?: { id?: unknown } };
}

export interface OtherWrites {
  /** How many writings there have been so far of entries of a type, and of components, leaving out those that were announced. */
  count(contentType: string): number;
  /** Runs the update of one row, which is not counted; whatever else the project's hooks write meanwhile is. */
  leavingOut<Result>(uid: string, id: number, update: () => Promise<Result>): Promise<Result>;
}

/**
 * Counts what others write through Strapi: also the project's hooks, which may change one entry while another is saved. What they
 * write past Strapi, in SQL, is not seen.
 */
export function countOtherWrites(strapi: Core.Strapi): OtherWrites {
  const counts = new Map<string, number>();
  let componentWrites = 0;
  const announced = new Set<string>();
  const note = ({ action, model, params }: WriteEvent): void => {
    // Once: a hook that saves the same row again is somebody else.
    if (action === 'beforeUpdate' && announced.delete(`${model.uid} ${String(params?.where?.id)}`)) return;
    if (model.uid.includes('::')) counts.set(model.uid, (counts.get(model.uid) ?? 0) + 1);
    else componentWrites += 1;
  };
  strapi.db.lifecycles.subscribe({
    beforeCreate: note,
    beforeCreateMany: note,
    beforeUpdate: note,
    beforeUpdateMany: note,
    beforeDelete: note,
    beforeDeleteMany: note,
  });
  return {
    count: (contentType) => (counts.get(contentType) ?? 0) + componentWrites,
    async leavingOut(uid, id, update) {
      const row = `${uid} ${id}`;
      announced.add(row);
      try {
        return await update();
      } finally {
        announced.delete(row);
      }
    },
  };
}
