import { z } from 'zod';
import type { MadeTitle } from './job-title';
import { listOf, page, pageSize, type Pagination } from './paging';
import type { Person } from './person';
import type { ProblemCode } from './problem';
import type { Reason } from './reason';
import { selectionSchema, uid, type FrozenSelection } from './selection';
import { JOB_STATUSES, type Counts, type JobStatus } from './statuses';

const plainObject = z.record(z.string(), z.unknown());

export const PRIORITIES = ['low', 'normal', 'high'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const createJobSchema = z.strictObject({
  type: z.string().min(1).max(80),
  title: z.string().trim().min(1).max(200).optional(),
  priority: z.enum(PRIORITIES).optional(),
  /** When the job may begin; ISO 8601. In the past or left out: at once. */
  startAt: z.iso.datetime({ offset: true }).optional(),
  /** Two creations by one person with the same key make one job. */
  idempotencyKey: z.string().min(1).max(100).optional(),
  selection: selectionSchema,
  /** Checked by the job type's own schema. */
  settings: plainObject,
});
export type CreateJobBody = z.infer<typeof createJobSchema>;

export const listJobsSchema = z.strictObject({
  status: listOf(JOB_STATUSES).optional(),
  type: z.string().max(80).optional(),
  /** Jobs over entries of this type. */
  contentType: uid.optional(),
  search: z.string().max(200).optional(),
  /** An administrator's id, or `me`. */
  createdBy: z.string().max(20).optional(),
  sort: z
    .string()
    .regex(/^(createdAt|title|status|endedAt):(asc|desc)$/, 'sort_malformed' satisfies ProblemCode)
    .default('createdAt:desc'),
  page,
  pageSize,
});
export type ListJobsQuery = z.infer<typeof listJobsSchema>;

export const cleanJobsSchema = z.strictObject({ olderThanDays: z.number().int().min(0).max(36_500) });

/** A filter on a retry: only items that failed with this code. */
export const retrySchema = z.strictObject({ errorCode: z.string().max(80).optional() });

/** What a job type's jobs can be asked to do, as far as its status allows and the reader may. */
export const JOB_ACTIONS = [
  'pause',
  'resume',
  'cancel',
  'retry',
  'undo',
  'publish',
  'duplicate',
  'delete',
] as const;
export type JobAction = (typeof JOB_ACTIONS)[number];

export interface JobView {
  /** Public, stable id. */
  id: string;
  type: string;
  /** Where `madeTitle` is set: in English. */
  title: string;
  /** For a title that the plugin made: its words in the reader's language. */
  madeTitle: MadeTitle | null;
  status: JobStatus;
  reason: Reason | null;
  counts: Counts;
  /** 0 to 1: the share of items that have ended. */
  progress: number;
  /** Measured over the last minute; null while nothing has ended. */
  itemsPerMinute: number | null;
  etaSeconds: number | null;
  /** The sum of what providers reported; null where none did. */
  costUsd: number | null;
  priority: Priority;
  createdBy: Person | null;
  createdAt: string;
  /** When it may begin; null: at once. */
  startAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
  /** False while the entries are still being listed. */
  listed: boolean;
  /** In lists without `prompt` and `systemMessage`, which are long and read only where a job is opened. */
  settings: Record<string, unknown>;
  selection: FrozenSelection;
  /** The display name of the content type, as the project names it. */
  contentTypeLabel: string;
  /** The same for several entries: "Posts". */
  contentTypePlural: string;
  /** True where the type has one entry only. */
  singleType: boolean;
  /** For a job that undoes or publishes another's work: that job's id. */
  sourceJobId: string | null;
  actions: JobAction[];
}

/** Failed items of a job with the same code. */
export interface ErrorGroup {
  error: Reason;
  count: number;
  /** A few of the entries it struck. */
  exampleLabels: string[];
}

export const JOB_EVENTS = [
  'created',
  'started',
  'paused',
  'paused_itself',
  'resumed',
  'retried',
  'cancelled',
  'undone',
  'published',
  'completed',
  'failed',
] as const;
export type JobEventName = (typeof JOB_EVENTS)[number];

/** One line of the timeline: who did what, when. */
export interface JobEvent {
  at: string;
  event: JobEventName;
  /** Null: the engine itself. */
  person: Person | null;
  reason: Reason | null;
}

export interface JobDetail extends JobView {
  errorGroups: ErrorGroup[];
  timeline: JobEvent[];
}

export interface ListJobsResponse {
  data: JobView[];
  meta: {
    pagination: Pagination;
    counts: Record<JobStatus | 'all', number>;
    /** The types that any of the reader's jobs are over, by label. */
    contentTypes: { uid: string; label: string }[];
  };
}
export interface JobResponse {
  data: JobDetail;
}
export interface JobChangedResponse {
  data: JobView;
}
export interface CleanJobsResponse {
  data: { deleted: number };
}
