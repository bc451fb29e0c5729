import type { StoredReason } from '../contracts/reason';
import { readJson, readNumber, writeJson, type Database, type Row } from './database';
import type { JobStore } from './jobs';

/** What listing writes for one entry. */
export interface NewItem {
  documentId: string;
  locale: string | null;
  contentType: string;
  label: string;
  /** `pending`, or `skipped` with the reason where the person may not write it. */
  status: 'pending' | 'skipped';
  reason: StoredReason | null;
  sourceItemId: number | null;
}

const ROWS_PER_INSERT = 200;

export type ListingStore = ReturnType<typeof createListingStore>;

/** Writes a job's items, chunk by chunk, from the selection it was given. */
export function createListingStore(database: Database, jobs: JobStore) {
  /** Entries with the same key are one entry to the unique index: MySQL compares without case, accents and spaces at the end. */
  const entryKey = (documentId: string, locale: string): string => {
    if (database.client !== 'mysql') return `${documentId} ${locale}`;
    const id = documentId.trimEnd().normalize('NFKD').replace(/\p{M}/gu, '');
    return `${id} ${locale}`.toLowerCase();
  };

  return {
    /**
     * Writes one chunk of a job's items and moves the listing's cursor, all or nothing.
     * @returns false where another process has moved the cursor meanwhile (nothing is written then).
     */
    async insertChunk(
      jobKey: number,
      items: NewItem[],
      cursor: { from: number; to: number; listed: boolean }
    ): Promise<boolean> {
      return database.transaction(async (transaction) => {
        if (!(await jobs.moveListing(jobKey, cursor.from, cursor.to, cursor.listed, transaction)))
          return false;
        if (items.length > 0) {
          const known = (await database
            .table('items', transaction)
            .where({ job_id: jobKey })
            .whereIn(
              'entry_document_id',
              items.map((item) => item.documentId)
            )
            .select('entry_document_id', 'entry_locale')) as Row[];
          const seen = new Set(
            known.map((row) => entryKey(String(row.entry_document_id), String(row.entry_locale)))
          );
          const last = (await database
            .table('items', transaction)
            .where({ job_id: jobKey })
            .max({ position: 'position' })
            .first()) as Row | undefined;
          let position = readNumber(last?.position);
          const now = Date.now();
          const rows: Row[] = [];
          const counts = { pending: 0, skipped: 0 };
          const chosen = new Map<string, NewItem>();
          for (const item of items) {
            const key = entryKey(item.documentId, item.locale ?? '');
            const other = chosen.get(key);
            // Of several spellings, the one under which the entry was found.
            if (!other || (other.status === 'skipped' && item.status === 'pending')) chosen.set(key, item);
          }
          for (const [key, item] of chosen) {
            if (seen.has(key)) continue;
            position += 1;
            counts[item.status] += 1;
            rows.push({
              job_id: jobKey,
              position,
              content_type: item.contentType,
              entry_document_id: item.documentId,
              entry_locale: item.locale ?? '',
              label: item.label.slice(0, 255),
              status: item.status,
              error_code: item.reason?.code ?? null,
              reason: writeJson(item.reason),
              source_item_id: item.sourceItemId,
              attempts: 0,
              crashes: 0,
              sequence: 0,
              progress: item.status === 'skipped' ? 1 : 0,
              ended_at: item.status === 'skipped' ? now : null,
            });
          }
          for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
            await database.table('items', transaction).insert(rows.slice(start, start + ROWS_PER_INSERT));
          }
          await jobs.addToCounts(jobKey, counts, transaction);
        }
        return true;
      });
    },

    /** The ids of a hand-picked selection, one chunk; null when there are no more. */
    async selectedIds(jobKey: number, chunk: number): Promise<string[] | null> {
      const row = (await database.table('selections').where({ job_id: jobKey, chunk }).first('entry_ids')) as
        Row | undefined;
      return row ? ((readJson(row.entry_ids) as string[] | null) ?? []) : null;
    },
  };
}
