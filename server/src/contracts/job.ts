import { z } from 'zod';
import { ITEM_STATUSES, JOB_STATUSES, type Counts, type ItemStatus, type JobStatus } from './statuses';
import type { MadeTitle } from './job-title';
import type { Reason } from './reason';

/** The most ids one selection may carry; more is what a filter is for. */
export const MAX_SELECTED_IDS = 10_000;
/** The most entries a sample is tried on. */
export const MAX_SAMPLE_ENTRIES = 3;

const uid = z
  .string()
  .regex(/^[\w-]+::[\w.-]+$/, 'must be the uid of a content type, like "api::post.post"')
  .max(120);
const locale = z.string().min(1).max(35);
const plainObject = z.record(z.string(), z.unknown());

/** Where the Content Manager's list of a type stands, as its status filter names it. */
export const PUBLICATION_STATUSES = [
  'draft',
  'published',
  'published-modified',
  'published-unmodified',
] as const;

const selectionByIds = z.strictObject({
  contentType: uid,
  locale: locale.optional(),
  documentIds: z
    .array(z.string().min(1).max(64))
    .max(
      MAX_SELECTED_IDS,
      `at most ${MAX_SELECTED_IDS} entries can be picked one by one; use filters for more`
    ),
});

const selectionByQuery = z.strictObject({
  contentType: uid,
  locale: locale.optional(),
  status: z.enum(PUBLICATION_STATUSES).optional(),
  /** Strapi's filters, as in the Content Manager's address. */
  filters: plainObject.optional(),
  /** The Content Manager's search (`_q`). */
  search: z.string().max(500).optional(),
});

export type SelectionByIds = z.infer<typeof selectionByIds>;
export type Selection = SelectionByIds | z.infer<typeof selectionByQuery>;

/**
 * Which entries: up to 10,000 ids, or a list query as the Content Manager knows it. Not a union: what is wrong is told
 * of the kind that was meant.
 */
export const selectionSchema = z.unknown().transform((value, context): Selection => {
  const isByIds = typeof value === 'object' && value !== null && 'documentIds' in value;
  const result = (isByIds ? selectionByIds : selectionByQuery).safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    context.issues.push({ code: 'custom', path, message, input: value });
  return z.NEVER;
});

/** True where the selection names its entries one by one. */
export function isSelectionByIds(selection: Selection): selection is SelectionByIds {
  return 'documentIds' in selection;
}

/** A selection as a job keeps and shows it: never with the ids. */
export type FrozenSelection =
  | { kind: 'ids'; contentType: string; locale: string | null; count: number }
  | {
      kind: 'query';
      contentType: string;
      locale: string | null;
      status: (typeof PUBLICATION_STATUSES)[number] | null;
      filters: Record<string, unknown> | null;
      search: string | null;
    }
  | { kind: 'job'; contentType: string; locale: string | null; jobId: string; itemId: number | null };

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

/** How a field already filled is treated. */
export const OVERWRITE_RULES = ['always', 'ifEmpty'] as const;

export const outputSchema = z.strictObject({
  /** An attribute's name, or `component.attribute` for a single component. */
  field: z.string().min(1).max(200),
  instructions: z.string().max(2_000).optional(),
  /** In characters; never above what the attribute itself allows. */
  maxLength: z.number().int().min(1).max(1_000_000).optional(),
  overwrite: z.enum(OVERWRITE_RULES).optional(),
});
export type Output = z.infer<typeof outputSchema>;

export const FILL_MODES = ['apply', 'publish'] as const;

/** Settings of the job type `fill-fields`, as sent. */
export const fillFieldsSettingsSchema = z.strictObject({
  provider: z.string().min(1).max(60),
  model: z.string().trim().min(1).max(200),
  /** The template itself; or `promptId`, a saved prompt. Exactly one of the two. */
  prompt: z.string().min(1).max(50_000).optional(),
  promptId: z.string().min(1).max(64).optional(),
  systemMessage: z.string().max(20_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  /** The longest answer, in tokens. */
  maxTokens: z.number().int().min(1).max(200_000).optional(),
  /** Whether string and text fields may hold simple HTML ("use_html_meta"); rich text follows its editor. */
  html: z.boolean().optional(),
  /** Passed through to the provider as further properties of the request. */
  extra: plainObject.optional(),
  /** Skip an entry where nothing the prompt reads has changed since its last run. */
  skipUnchanged: z.boolean().optional(),
  mode: z.enum(FILL_MODES).default('apply'),
  outputs: z.array(outputSchema).min(1, 'choose at least one field to write').max(50),
});
export type FillFieldsSettings = z.infer<typeof fillFieldsSettingsSchema>;

export const sampleSchema = createJobSchema;

const page = z.coerce.number().int().min(1).max(1_000_000).default(1);
const pageSize = z.coerce.number().int().min(1).max(100).default(10);

/** Columns that the list of jobs sorts by. */
export const JOB_SORTS = ['createdAt', 'title', 'status', 'endedAt'] as const;

const list = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : value.split(',')).filter((part) => part !== ''))
    .pipe(z.array(z.enum(values)));

export const listJobsSchema = z.strictObject({
  status: list(JOB_STATUSES).optional(),
  type: z.string().max(80).optional(),
  /** Jobs over entries of this type. */
  contentType: uid.optional(),
  search: z.string().max(200).optional(),
  /** An administrator's id, or `me`. */
  createdBy: z.string().max(20).optional(),
  sort: z
    .string()
    .regex(
      /^(createdAt|title|status|endedAt):(asc|desc)$/,
      'must be like "createdAt:desc"; columns: createdAt, title, status, endedAt'
    )
    .default('createdAt:desc'),
  page,
  pageSize,
});
export type ListJobsQuery = z.infer<typeof listJobsSchema>;

export const listItemsSchema = z.strictObject({
  status: list(ITEM_STATUSES).optional(),
  search: z.string().max(200).optional(),
  errorCode: z.string().max(80).optional(),
  page,
  pageSize,
});
export type ListItemsQuery = z.infer<typeof listItemsSchema>;

export const cleanJobsSchema = z.strictObject({ olderThanDays: z.number().int().min(0).max(36_500) });

/** A filter on a retry: only items that failed with this code. */
export const retrySchema = z.strictObject({ errorCode: z.string().max(80).optional() });

/** A person as shown beside what they did. */
export interface Person {
  id: number;
  name: string;
}

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

/** What an item read, was offered and wrote in one field. `written` is null until the entry holds it. */
export interface FieldValues {
  before: unknown;
  proposed: unknown;
  written: unknown;
}

/** Tokens and cost of all calls made for an item. */
export interface ItemUsage {
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
  calls: number;
}

export interface ItemView {
  id: number;
  position: number;
  contentType: string;
  /** Whether that is a single type, whose entry has another address in the Content Manager. */
  singleType: boolean;
  documentId: string;
  locale: string | null;
  /** The entry's title when it was listed. */
  label: string;
  status: ItemStatus;
  /** Why it failed, was skipped or is in conflict. */
  error: Reason | null;
  values: Record<string, FieldValues>;
  attempts: number;
  /** When the next attempt is due, for an item that waits for one. */
  nextAttemptAt: string | null;
  usage: ItemUsage | null;
  durationMs: number | null;
  /** 0 to 1. */
  progress: number;
  /** What to know beside the status, such as "not published". */
  message: Reason | null;
  /** Whether a person may undo it now. */
  undoable: boolean;
}

/** One call to a provider, as an item's row shows it. */
export interface UsageView {
  id: number;
  at: string;
  provider: string;
  model: string;
  modelAnswered: string | null;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
  durationMs: number;
  /** `ok`, or the code of what went wrong. */
  outcome: string;
  /** What went wrong with the call, or with what it brought. */
  error: Reason | null;
  requestId: string | null;
}

/** An item opened: with the prompt it was given and the calls made for it. */
export interface ItemDetail extends ItemView {
  prompt: { system: string | null; user: string } | null;
  calls: UsageView[];
}

export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
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
export interface ListItemsResponse {
  data: ItemView[];
  meta: { pagination: Pagination; counts: Counts };
}
export interface JobResponse {
  data: JobDetail;
}
export interface JobChangedResponse {
  data: JobView;
}
export interface ItemResponse {
  data: ItemDetail;
}

/** One entry of a sample: nothing of it is written. */
export interface SampleEntry {
  documentId: string;
  label: string;
  prompt: { system: string | null; user: string } | null;
  values: Record<string, FieldValues & { maxLength: number | null }>;
  /** Why it would be skipped, or what went wrong. */
  error: Reason | null;
  usage: ItemUsage | null;
  durationMs: number;
}
export interface SampleResponse {
  data: {
    entries: SampleEntry[];
    total: number;
    averageCostUsd: number | null;
    averageTokens: number | null;
  };
}
export interface SelectionCountResponse {
  data: { total: number; forbidden: number; exampleLabels: string[] };
}
export interface CleanJobsResponse {
  data: { deleted: number };
}

/** An item as an entry's own panel shows it. */
export interface EntryItem extends ItemView {
  jobId: string;
  jobTitle: string;
  jobMadeTitle: MadeTitle | null;
  jobType: string;
  at: string;
}
export interface EntryItemsResponse {
  data: EntryItem[];
}
