import type { Core } from '@strapi/strapi';
import { PROMPT_UID } from '../plugin-id';
import type { Row } from './database';

export type PromptStore = ReturnType<typeof createPromptStore>;

/** Saved prompts: their rows, with who made them. */
export function createPromptStore(strapi: Core.Strapi) {
  const query = () => strapi.db.query(PROMPT_UID);
  return {
    /** One page, and how many there are in all. */
    async list(parameters: {
      contentType: string | undefined;
      search: string | undefined;
      offset: number;
      limit: number;
    }): Promise<{ rows: Row[]; total: number }> {
      const { contentType, search, offset, limit } = parameters;
      const where = {
        ...(contentType ? { contentType } : {}),
        ...(search ? { name: { $containsi: search } } : {}),
      };
      const [rows, total] = await Promise.all([
        query().findMany({
          where,
          orderBy: [{ contentType: 'asc' }, { name: 'asc' }],
          offset,
          limit,
          populate: ['createdBy'],
        }) as Promise<Row[]>,
        query().count({ where }),
      ]);
      return { rows, total };
    },

    find: async (id: string): Promise<Row | null> =>
      (await query().findOne({ where: { documentId: id }, populate: ['createdBy'] })) as Row | null,

    names: async (): Promise<string[]> =>
      ((await query().findMany({ select: ['name'] })) as Row[]).map((row) => String(row.name)),

    insert: async (data: Row): Promise<Row> => (await query().create({ data })) as Row,

    async update(row: Row, data: Row): Promise<void> {
      await query().update({ where: { id: row.id }, data });
    },

    async remove(row: Row): Promise<void> {
      await query().delete({ where: { id: row.id } });
    },
  };
}
