import { z } from 'zod';
import type { MadeTitle } from './job-title';
import { listOf, page, pageSize, type Pagination } from './paging';
import type { Reason } from './reason';
import { ITEM_STATUSES, type Counts, type ItemStatus } from './statuses';

export const listItemsSchema = z.strictObject({
  status: listOf(ITEM_STATUSES).optional(),
  search: z.string().max(200).optional(),
  errorCode: z.string().max(80).optional(),
  /** `whole`: values are not cut, as far as an answer holds them. */
  values: z.literal('whole').optional(),
  page,
  pageSize,
});
export type ListItemsQuery = z.infer<typeof listItemsSchema>;

/** What an item read, was offered and wrote in one field. `written` is null until the entry holds it. */
export interface FieldValues {
  before: unknown;
  proposed: unknown;
  written: unknown;
}

/** A field's values as they are shown. */
export interface ShownValues extends FieldValues {
  /** In lists: at least one of them is only the beginning of a long value. The item opened alone has it whole. */
  cut?: true;
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
  /** The entry's title when it was listed; its document id for those who may not read it. */
  label: string;
  status: ItemStatus;
  /** Why it failed, was skipped or is in conflict. */
  error: Reason | null;
  values: Record<string, ShownValues>;
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

export interface ListItemsResponse {
  data: ItemView[];
  meta: { pagination: Pagination; counts: Counts };
}
export interface ItemResponse {
  data: ItemDetail;
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
