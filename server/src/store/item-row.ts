import { ITEM_STATUSES, type ItemStatus } from '../contracts/statuses';
import type { FieldValues, ItemUsage } from '../contracts/item';
import type { StoredReason } from '../contracts/reason';
import { readJson, readNumber, readOptionalNumber, readText, type Row } from './database';

/** An item as the engine knows it. Times are epoch milliseconds. */
export interface Item {
  id: number;
  jobKey: number;
  position: number;
  contentType: string;
  documentId: string;
  locale: string | null;
  label: string;
  status: ItemStatus;
  reason: StoredReason | null;
  message: StoredReason | null;
  attempts: number;
  crashes: number;
  sequence: number;
  nextAttemptAt: number | null;
  values: Record<string, FieldValues>;
  fingerprint: string | null;
  /** When the entry was written; null: not by this item. */
  appliedAt: number | null;
  undoneAt: number | null;
  /** How the draft stood to the published version before this item wrote it. */
  publication: string | null;
  /** For undoing and publishing: the item whose work it is about. */
  sourceItemId: number | null;
  usage: ItemUsage;
  progress: number;
  endedAt: number | null;
  durationMs: number | null;
}

/** What an item is read from, without its values, which may be long. */
export const ITEM_COLUMNS = [
  'id',
  'job_id',
  'position',
  'content_type',
  'entry_document_id',
  'entry_locale',
  'label',
  'status',
  'reason',
  'message',
  'attempts',
  'crashes',
  'sequence',
  'next_attempt_at',
  'fingerprint',
  'applied_at',
  'undone_at',
  'publication',
  'source_item_id',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_usd',
  'calls',
  'progress',
  'ended_at',
  'duration_ms',
];

/** Reads the column of an item's values. */
export function readValues(column: unknown): Record<string, FieldValues> {
  return (readJson(column) as Record<string, FieldValues> | null) ?? {};
}

/** Reads a row of the items table. */
export function toItem(row: Row): Item {
  return {
    id: readNumber(row.id),
    jobKey: readNumber(row.job_id),
    position: readNumber(row.position),
    contentType: String(row.content_type),
    documentId: String(row.entry_document_id),
    locale: readText(row.entry_locale),
    label: String(row.label ?? ''),
    status: ITEM_STATUSES.find((status) => status === row.status) ?? 'failed',
    reason: readJson(row.reason) as StoredReason | null,
    message: readJson(row.message) as StoredReason | null,
    attempts: readNumber(row.attempts),
    crashes: readNumber(row.crashes),
    sequence: readNumber(row.sequence),
    nextAttemptAt: readOptionalNumber(row.next_attempt_at),
    values: readValues(row.field_values),
    fingerprint: readText(row.fingerprint),
    appliedAt: readOptionalNumber(row.applied_at),
    undoneAt: readOptionalNumber(row.undone_at),
    publication: readText(row.publication),
    sourceItemId: readOptionalNumber(row.source_item_id),
    usage: {
      inputTokens: readNumber(row.input_tokens),
      cachedTokens: readNumber(row.cached_tokens),
      outputTokens: readNumber(row.output_tokens),
      reasoningTokens: readNumber(row.reasoning_tokens),
      costUsd: readOptionalNumber(row.cost_usd),
      calls: readNumber(row.calls),
    },
    progress: readNumber(row.progress),
    endedAt: readOptionalNumber(row.ended_at),
    durationMs: readOptionalNumber(row.duration_ms),
  };
}
