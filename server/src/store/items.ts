import type { StoredReason } from '../contracts/reason';
import { readJson, readNumber, whereStatus, type Database, type QueryBuilder, type Row } from './database';
import { ITEM_COLUMNS, toItem, type Item } from './item-row';
import { DELETED } from './job-row';
import type { JobStore } from './jobs';

/** Narrows items to those that wrote their entry and have not been taken back. */
export const standing = (items: QueryBuilder): QueryBuilder =>
  items.whereNotNull('applied_at').whereNull('undone_at');

/** What was asked for an entry, in one of its languages. */
export interface ItemInput {
  fingerprint: string;
  contentType: string;
  documentId: string;
  locale: string | null;
}

export const inputKey = ({ fingerprint, contentType, documentId, locale }: ItemInput): string =>
  `${fingerprint} ${contentType} ${documentId} ${locale ?? ''}`;

export type ItemStore = ReturnType<typeof createItemStore>;

/** Items: reading them, moving many at once. Writing a job's is in listing.ts, their pages in item-pages.ts, claims and leases in claims.ts, retrying in retries.ts. */
export function createItemStore(database: Database, jobs: JobStore) {
  /** Keys of jobs that are deleted and have left rows: their items are nobody's. */
  const deletedJobs = () => database.table('jobs').where({ status: DELETED }).select('id');

  return {
    async find(id: number): Promise<Item | null> {
      const row = (await database.table('items').where({ id }).first()) as Row | undefined;
      return row ? toItem(row) : null;
    },

    async findMany(ids: number[]): Promise<Item[]> {
      return ((await database.table('items').whereIn('id', ids)) as Row[]).map(toItem);
    },

    /** Items a later job takes up, without their values: in the order of their positions, after a position. */
    async listAfter(
      jobKey: number,
      afterPosition: number,
      limit: number,
      where: (query: QueryBuilder) => QueryBuilder
    ): Promise<Omit<Item, 'values'>[]> {
      const rows = (await where(
        database.table('items').where({ job_id: jobKey }).where('position', '>', afterPosition)
      )
        .orderBy('position')
        .limit(limit)
        .select(...ITEM_COLUMNS)) as Row[];
      return rows.map(toItem);
    },

    /** Whether anything that a job wrote has not been taken back. */
    async anyStanding(jobKey: number): Promise<boolean> {
      // In the order of the index that finds the first of them however many others there are.
      const found = (await standing(database.table('items').where({ job_id: jobKey }))
        .orderBy(['undone_at', 'applied_at'])
        .first('id')) as Row | undefined;
      return found !== undefined;
    },

    /** Failed items by code, with a reason and a few examples of each. */
    async errorGroups(
      jobKey: number
    ): Promise<{ reason: StoredReason; count: number; examples: Pick<Item, 'label' | 'documentId'>[] }[]> {
      const groups = (await database
        .table('items')
        .where({ job_id: jobKey, status: 'failed' })
        .groupBy('error_code')
        .select('error_code')
        .count({ total: '*' })
        .min({ first_id: 'id' })) as Row[];
      return Promise.all(
        groups.map(async (group) => {
          const examples = (await database
            .table('items')
            .where({ job_id: jobKey, status: 'failed', error_code: group.error_code })
            .orderBy('id')
            .limit(3)
            .select('label', 'entry_document_id', 'reason')) as Row[];
          const reason = readJson(examples[0]?.reason) as StoredReason | null;
          return {
            reason: reason ?? {
              code: 'internal_error',
              params: { detail: String(group.error_code) },
              retryable: true,
            },
            count: readNumber(group.total),
            examples: examples.map((row) => ({
              label: String(row.label),
              documentId: String(row.entry_document_id),
            })),
          };
        })
      );
    },

    /** Items per job that ended since a time, for the rate. */
    async endedSince(jobKeys: number[], since: number): Promise<Map<number, number>> {
      if (jobKeys.length === 0) return new Map();
      const rows = (await database
        .table('items')
        .whereIn('job_id', jobKeys)
        .where('ended_at', '>=', since)
        .groupBy('job_id')
        .select('job_id')
        .count({ total: '*' })) as Row[];
      return new Map(rows.map((row) => [readNumber(row.job_id), readNumber(row.total)]));
    },

    /** Cancels up to `limit` waiting items of a job; true while there are more. */
    async cancelPending(jobKey: number, limit: number): Promise<boolean> {
      return database.transaction(async (transaction) => {
        const rows = (await database
          .table('items', transaction)
          .where({ job_id: jobKey, status: 'pending' })
          .limit(limit)
          .select('id')) as Row[];
        const ids = rows.map((row) => readNumber(row.id)).sort((a, b) => a - b);
        if (ids.length === 0) return false;
        const changed = Number(
          await whereStatus(database.table('items', transaction).whereIn('id', ids), 'pending').update({
            status: 'cancelled',
            ended_at: Date.now(),
            queued_at: null,
            next_attempt_at: null,
          })
        );
        await jobs.addToCounts(jobKey, { pending: -changed, cancelled: changed }, transaction);
        return ids.length === limit;
      });
    },

    /**
     * Remembers that what some items wrote was taken back: what they wrote later, when they were run anew, was not.
     * @param writtenUntil epoch milliseconds
     */
    async markUndone(taken: { itemId: number; writtenUntil: number }[]): Promise<void> {
      await database.statement(() =>
        database
          .table('items')
          .where((any) => {
            for (const { itemId, writtenUntil } of taken)
              void any.orWhere(
                (one) => void one.where({ id: itemId }).where('applied_at', '<=', writtenUntil)
              );
          })
          .update({ undone_at: Date.now() })
      );
    },

    /**
     * Of some inputs, those whose result the entries still hold as far as jobs wrote them: nothing that was completed
     * later wrote one of the same fields. Gives their keys.
     */
    async completedInputs(inputs: ItemInput[]): Promise<Set<string>> {
      const rows = (await database
        .table('items')
        .where({ status: 'completed' })
        .whereNull('undone_at')
        .whereNotNull('fingerprint')
        .whereNotIn('job_id', deletedJobs())
        // By their entries: many entries may have been asked for with the same words.
        .whereIn('content_type', [...new Set(inputs.map(({ contentType }) => contentType))])
        .whereIn('entry_document_id', [...new Set(inputs.map(({ documentId }) => documentId))])) as Row[];
      const writings = rows.map(toItem);
      const entryOf = ({ contentType, documentId, locale }: Omit<ItemInput, 'fingerprint'>): string =>
        `${contentType} ${documentId} ${locale ?? ''}`;
      const isLater = (one: Item, other: Item): boolean => (one.appliedAt ?? 0) > (other.appliedAt ?? 0);
      const isWrittenOver = (input: Item): boolean =>
        writings.some(
          (item) =>
            item.fingerprint !== input.fingerprint &&
            entryOf(item) === entryOf(input) &&
            isLater(item, input) &&
            Object.keys(item.values).some((field) => Object.hasOwn(input.values, field))
        );
      const asked = new Set(inputs.map(inputKey));
      return new Set(
        writings.flatMap((item) => {
          const key = inputKey({ ...item, fingerprint: item.fingerprint ?? '' });
          return asked.has(key) && !isWrittenOver(item) ? [key] : [];
        })
      );
    },
  };
}
