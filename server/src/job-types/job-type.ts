import type { z } from 'zod';
import type { FieldValues, ItemUsage } from '../contracts/item';
import type { Person } from '../contracts/person';
import type { FrozenSelection } from '../contracts/selection';
import type { PromptView } from '../contracts/prompt';
import type { StoredReason } from '../contracts/reason';
import type { AnswerShape, ReadAnswer } from '../domain/answer-schema';
import type { InputProblem } from '../domain/invalid-input';
import type { SchemaLookup } from '../domain/schema';

/** An entry as a job type sees it. */
export interface ReadEntry {
  data: Record<string, unknown>;
  published: boolean;
}

/** What of an entry is to be read; the Document Service's own words. */
export interface ReadPlan {
  fields: string[];
  populate: Record<string, unknown>;
}

/** A call to a model. Source of the shape: the providers' interface. */
export interface ModelRequest {
  provider: string;
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  answer: { name: string; schema: Record<string, unknown> } | null;
  temperature: number | null;
  maxTokens: number | null;
  extra: Record<string, unknown> | null;
}

export interface ModelReply {
  text: string;
  model: string;
  finishReason: 'stop' | 'length' | 'content_filter' | 'other';
  refusal: string | null;
}

/** What is at hand while a job is checked and frozen. */
export interface PrepareContext {
  contentType: string;
  locale: string | null;
  lookup: SchemaLookup;
  /** Whether the person who starts the job may write a field, such as `seo.metaTitle`. */
  mayWrite(path: string): boolean;
  /** Whether they may read what stands at a path, such as `chapter.book.name`. */
  mayRead(path: string): boolean;
  mayPublish(): boolean;
  prompt(id: string): Promise<PromptView | null>;
  providers(): { name: string; label: string }[];
  defaults(): { temperature: number | null; maxTokens: number | null };
  systemMessageFor(contentType: string): string;
}

/** An item's earlier work, for jobs that take up another's items. */
export interface SourceItem {
  id: number;
  values: Record<string, FieldValues>;
  appliedAt: number | null;
  undoneAt: number | null;
  /** Whether it published the entry along. */
  published: boolean;
  /** How the draft stood before: as published, with other changes, or never published. */
  publication: string | null;
}

export type WriteOutcome =
  | { outcome: 'written'; written: string[]; left: string[]; message: StoredReason | null }
  | { outcome: 'conflict'; fields: string[] }
  | { outcome: 'moved' }
  | { outcome: 'gone' }
  | { outcome: 'forbidden' };

export type PublishOutcome =
  | { outcome: 'published' | 'already' | 'conflict' | 'gone' | 'forbidden' }
  | { outcome: 'refused'; reason: StoredReason };

/** All that a job type sees of the world while it works on one item. It knows nothing of retries, leases or counters. */
export interface ItemContext<Settings> {
  item: {
    id: number;
    contentType: string;
    documentId: string;
    locale: string | null;
    label: string;
    /** What an earlier attempt left: read, proposed, written. */
    values: Record<string, FieldValues>;
    /** Set where an earlier attempt wrote the entry and stopped before it could say so. */
    appliedAt: number | null;
    message: StoredReason | null;
  };
  settings: Settings;
  /** Who started the job: in whose name it is written. */
  person: { id: number; name: string };
  selection: FrozenSelection;
  lookup: SchemaLookup;
  /** Aborted on cancel, timeout and shutdown. */
  signal: AbortSignal;
  /** The entry, or null where it is gone; read together with its neighbours. */
  read(plan: ReadPlan): Promise<ReadEntry | null>;
  /** Whether the person may write these fields of the entry now. */
  mayWrite(entry: ReadEntry, paths: string[]): Promise<boolean>;
  /** What conditions on permissions look at: to be read along. */
  conditionPlan(): Promise<ReadPlan>;
  /** Writes values where the fields still hold what was read, and remembers all of it with the item. */
  write(change: {
    values: Record<string, FieldValues>;
    wasPublished: boolean;
    publish: boolean;
    /** Leave out fields that hold something else, rather than write nothing. */
    partial: boolean;
    /** Of the input it was made from. */
    fingerprint?: string;
  }): Promise<WriteOutcome>;
  /** Publishes the draft if nobody changed it since. */
  publish(changedAt: number): Promise<PublishOutcome>;
  /** Asks a model; a reply already paid for is used again. Throws WorkError. */
  generate(request: ModelRequest): Promise<ModelReply>;
  /** Reads a reply leniently and checks it strictly, for as long as a text of a model may take. */
  readAnswer(text: string, shape: Pick<AnswerShape, 'fields' | 'html'>): Promise<ReadAnswer>;
  /** The last reply could not be used, and why: shown beside its call. */
  explainReply(reason: StoredReason): Promise<void>;
  /** The replies so far were of no use: another try must ask anew. */
  rejectReplies(): Promise<void>;
  /** Whether an entry was already completed with the same input. */
  wasDoneWith(fingerprint: string): Promise<boolean>;
  /** For jobs about another job's items. */
  source(): Promise<SourceItem | null>;
  markSourceUndone(writtenUntil: number): Promise<void>;
  progress(share: number): Promise<void>;
}

/** How an attempt ended. Failing is done by throwing a WorkError. */
export interface Outcome {
  status: 'completed' | 'skipped' | 'conflict' | 'review';
  /** Why it was skipped or is in conflict. */
  reason?: StoredReason;
  /** What to know beside the status. */
  message?: StoredReason | null;
  values?: Record<string, FieldValues>;
  /** Of the input it was made from. */
  fingerprint?: string;
}

/** What one entry of a sample gives. Nothing is written. */
export interface SampleOutcome {
  prompt: { system: string | null; user: string } | null;
  values: Record<string, FieldValues & { maxLength: number | null }>;
  skipped: StoredReason | null;
}

export interface RunLimits {
  /** Calls at once in one process; a few more items are read for and written meanwhile. */
  concurrency: number;
  /** Tries per item in all. */
  attempts: number;
  /** Longest an attempt may take. */
  timeoutSeconds: number;
  /** Seconds before the second, third … attempt; the last one repeats. */
  backoffSeconds: readonly number[];
}

/** A kind of work. One folder, one line in the registry. */
export interface JobType<Settings = unknown> {
  /** Stable, lower case with hyphens. */
  name: string;
  queue: 'content' | 'image' | 'video' | 'social' | 'low-priority';
  /** Whether people start it with a selection; false: it starts from another job. */
  startable: boolean;
  /** Checks what was sent. */
  settings: z.ZodType<Settings>;
  limits?: Partial<RunLimits>;
  /** The attributes and components it writes, for the permissions. */
  writes(settings: Settings): string[];
  /** Whose limits its calls fall under; null: it makes none. */
  provider(settings: Settings): string | null;
  /** A title for a job that was given none. */
  title(settings: Settings, names: { contentType: string; prompt: string | null }): string;
  /**
   * Checks the settings against the project and freezes them; problems are returned together.
   * @throws NotAllowedError where the person may not do such work at all
   */
  prepare(
    settings: Settings,
    context: PrepareContext
  ): Promise<{ settings: Settings; promptId: string | null } | { problems: InputProblem[] }>;
  run(context: ItemContext<Settings>): Promise<Outcome>;
  /** Renders and generates without writing. */
  sample?(context: ItemContext<Settings>): Promise<SampleOutcome>;
}

/** Defines a kind of work; gives the settings their type. */
export function defineJobType<Settings>(type: JobType<Settings>): JobType<Settings> {
  return type;
}

export type { FieldValues, ItemUsage, Person };
