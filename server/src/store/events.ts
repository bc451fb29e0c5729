import type { JobEvent, JobEventName } from '../contracts/job';
import { withMessage, type StoredReason } from '../contracts/reason';
import { readJson, readNumber, writeJson, type Database, type Row, type Transaction } from './database';

export type EventStore = ReturnType<typeof createEventStore>;

/** The timeline of jobs: who did what, when. */
export function createEventStore(database: Database) {
  return {
    /** `person` null: the engine itself. */
    async add(
      jobKey: number,
      event: JobEventName,
      person: { id: number; name: string } | null,
      reason: StoredReason | null = null,
      transaction?: Transaction
    ): Promise<void> {
      await database.statement(() =>
        database.table('events', transaction).insert({
          job_id: jobKey,
          created_ms: Date.now(),
          event,
          person_id: person?.id ?? null,
          person_name: person?.name.slice(0, 255) ?? null,
          reason: writeJson(reason),
        })
      );
    },

    async list(jobKey: number): Promise<JobEvent[]> {
      const rows = (await database
        .table('events')
        .where({ job_id: jobKey })
        .orderBy('id')
        .limit(500)) as Row[];
      return rows.map((row) => {
        const reason = readJson(row.reason) as StoredReason | null;
        return {
          at: new Date(readNumber(row.created_ms)).toISOString(),
          event: row.event as JobEventName,
          person:
            row.person_id === null
              ? null
              : { id: readNumber(row.person_id), name: String(row.person_name ?? '') },
          reason: reason ? withMessage(reason) : null,
        };
      });
    },
  };
}
