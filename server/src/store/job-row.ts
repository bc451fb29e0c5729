import {
  ITEM_STATUSES,
  JOB_STATUSES,
  type Counts,
  type ItemStatus,
  type JobStatus,
} from '../contracts/statuses';
import type { Priority } from '../contracts/job';
import { TITLE_CODES, type TitleCode } from '../contracts/job-title';
import type { StoredReason } from '../contracts/reason';
import type { FrozenSelection } from '../contracts/selection';
import { emptyCounts } from '../domain/statuses';
import { readNumber, readOptionalNumber, readText, type Row } from './database';

/** A job as the engine knows it. */
export interface Job {
  /** The row's number, what items refer to. */
  key: number;
  /** The public id. */
  id: string;
  type: string;
  /** As a person gave it, or what a made one is about. */
  title: string;
  /** The words around a made title; null: the title stands for itself. */
  titleCode: TitleCode | null;
  status: JobStatus;
  reason: StoredReason | null;
  contentType: string;
  /** The field its entries are called by, for whoever may read that; empty: their document ids; null: an older version did not note it. */
  labelField: string | null;
  selection: FrozenSelection;
  settings: Record<string, unknown>;
  queue: string;
  priority: Priority;
  /** The provider its calls go to; null where it makes none. */
  provider: string | null;
  starterId: number | null;
  starterName: string;
  sourceJobId: string | null;
  startAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** How often it was resumed. */
  resumes: number;
  createdAt: Date;
  /** Whether all its items are written. */
  listed: boolean;
  /** Where listing has come to: a row id of the content type, or a chunk of ids. */
  listCursor: number;
  /** The highest row id when the job was made: what came later is not part of it. */
  listLastId: number | null;
  costUsd: number | null;
  counts: Counts;
}

export type NewJob = Pick<
  Job,
  | 'type'
  | 'title'
  | 'titleCode'
  | 'contentType'
  | 'labelField'
  | 'selection'
  | 'settings'
  | 'queue'
  | 'priority'
  | 'provider'
  | 'starterId'
  | 'starterName'
  | 'sourceJobId'
  | 'startAt'
  | 'listLastId'
> & { idempotencyKey: string | null; promptId: string | null; selectedIds: string[] | null };

/**
 * Stands in a row's `status` from the moment its job is deleted until the row has gone: no query finds it as a job. Not one of
 * JOB_STATUSES, so that nothing that moves a job from a status moves it.
 */
export const DELETED = 'deleted';

/** The column of each count of a job. */
export const COUNT_COLUMNS: Record<ItemStatus, string> = {
  pending: 'count_pending',
  processing: 'count_processing',
  review: 'count_review',
  completed: 'count_completed',
  failed: 'count_failed',
  skipped: 'count_skipped',
  conflict: 'count_conflict',
  cancelled: 'count_cancelled',
};

const asDate = (value: unknown): Date | null => (value ? new Date(String(value)) : null);

/** A job from its row, as Strapi's query engine reads it. */
export function toJob(row: Row): Job {
  const counts = emptyCounts();
  for (const status of ITEM_STATUSES) {
    counts[status] = readNumber(row[`count${status.charAt(0).toUpperCase()}${status.slice(1)}`]);
    counts.total += counts[status];
  }
  return {
    key: readNumber(row.id),
    id: String(row.documentId),
    type: String(row.type),
    title: String(row.title),
    titleCode: TITLE_CODES.find((code) => code === row.titleCode) ?? null,
    status: JOB_STATUSES.find((status) => status === row.status) ?? 'failed',
    reason: (row.reason as StoredReason | null) ?? null,
    contentType: String(row.contentType ?? ''),
    labelField: typeof row.labelField === 'string' ? row.labelField : null,
    selection: row.selection as FrozenSelection,
    settings: (row.settings as Record<string, unknown> | null) ?? {},
    queue: String(row.queue ?? 'content'),
    priority: row.priority === 'low' || row.priority === 'high' ? row.priority : 'normal',
    provider: readText(row.provider),
    starterId: readOptionalNumber(row.starterId),
    starterName: String(row.starterName ?? ''),
    sourceJobId: readText(row.sourceJobId),
    startAt: asDate(row.startAt),
    startedAt: asDate(row.startedAt),
    endedAt: asDate(row.endedAt),
    resumes: readNumber(row.resumes),
    createdAt: asDate(row.createdAt) ?? new Date(0),
    listed: row.listed === true || row.listed === 1,
    listCursor: readNumber(row.listCursor),
    listLastId: readOptionalNumber(row.listLastId),
    costUsd: readOptionalNumber(row.costUsd),
    counts,
  };
}
