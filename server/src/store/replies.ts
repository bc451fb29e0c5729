import {
  readJson,
  readNumber,
  readOptionalNumber,
  writeJson,
  type Database,
  type Row,
  type Transaction,
} from './database';
import type { UsageView } from '../contracts/item';
import { withMessage, type StoredReason } from '../contracts/reason';

/** A provider's reply, kept before it is used. `reply` is what the adapter gave, `request` the messages sent. */
export interface StoredReply {
  request: unknown;
  reply: unknown;
}

/** The outcome of a call that the provider refused for its form; it is asked again in another one. */
export const FORM_REFUSED = 'form_refused';

export interface NewUsage {
  jobKey: number | null;
  itemId: number | null;
  personId: number | null;
  purpose: 'item' | 'sample' | 'test';
  provider: string;
  model: string;
  modelAnswered: string | null;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  costUsd: number | null;
  durationMs: number;
  /** `ok`, FORM_REFUSED, or the code of what went wrong. */
  outcome: string;
  /** What went wrong, to be put into words; null for `ok`. */
  reason: StoredReason | null;
  requestId: string | null;
}

export interface NewReply {
  jobKey: number;
  itemId: number;
  fingerprint: string;
  request: unknown;
  /** Null where the call brought none: the last such request of an item is kept, to be shown. */
  reply: unknown;
}

function errorOf(stored: unknown): UsageView['error'] {
  const reason = readJson(stored) as StoredReason | null;
  return reason ? withMessage(reason) : null;
}

export type ReplyStore = ReturnType<typeof createReplyStore>;

/** Stored replies and usage records. */
export function createReplyStore(database: Database) {
  const usageRow = (usage: NewUsage): Row => ({
    job_id: usage.jobKey,
    item_id: usage.itemId,
    person_id: usage.personId,
    purpose: usage.purpose,
    provider: usage.provider.slice(0, 255),
    model: usage.model.slice(0, 255),
    model_answered: usage.modelAnswered?.slice(0, 255) ?? null,
    input_tokens: usage.inputTokens,
    cached_tokens: usage.cachedTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost_usd: usage.costUsd,
    duration_ms: usage.durationMs,
    outcome: usage.outcome,
    reason: writeJson(usage.reason),
    request_id: usage.requestId?.slice(0, 255) ?? null,
    created_ms: Date.now(),
  });

  /** Takes away what was sent before for items whose calls bring nothing: one such request is enough. */
  const forgetUnanswered = async (itemIds: number[], transaction: Transaction): Promise<void> => {
    if (itemIds.length === 0) return;
    // Found first: MySQL would lock the gaps between rows that are not there, against other processes.
    const rows = (await database
      .table('replies', transaction)
      .whereIn('item_id', itemIds)
      .whereNull('reply')
      .select('id')) as Row[];
    const ids = rows.map((row) => readNumber(row.id));
    if (ids.length > 0) await database.table('replies', transaction).whereIn('id', ids).delete();
  };

  const heldUnder = (itemId: number, lease: string) =>
    database.table('items').where({ id: itemId, lease }).select('id');

  return {
    /** Stores replies and usage records that come together in one transaction. */
    async record(entries: { usage: NewUsage; reply: NewReply | null }[]): Promise<void> {
      await database.shared(async (transaction) => {
        for (let start = 0; start < entries.length; start += 50) {
          const chunk = entries.slice(start, start + 50);
          await database.table('usages', transaction).insert(chunk.map((entry) => usageRow(entry.usage)));
          const replies = chunk.flatMap(({ reply }) =>
            reply
              ? [
                  {
                    job_id: reply.jobKey,
                    item_id: reply.itemId,
                    fingerprint: reply.fingerprint,
                    request: writeJson(reply.request),
                    reply: writeJson(reply.reply),
                    rejected: reply.reply === null,
                    created_ms: Date.now(),
                  },
                ]
              : []
          );
          await forgetUnanswered(
            replies.filter(({ rejected }) => rejected).map((row) => row.item_id),
            transaction
          );
          if (replies.length > 0) await database.table('replies', transaction).insert(replies);
        }
      });
    },

    /** The reply already paid for, if there is one that was not found unusable. */
    async find(itemId: number, fingerprint: string): Promise<StoredReply | null> {
      const row = (await database
        .table('replies')
        .where({ item_id: itemId, fingerprint, rejected: false })
        .orderBy('id', 'desc')
        .first('request', 'reply')) as Row | undefined;
      return row ? { request: readJson(row.request), reply: readJson(row.reply) } : null;
    },

    /** Marks an item's replies as unusable: another try must ask anew. Nothing changes where the item is another worker's by now. */
    async reject(itemId: number, lease: string): Promise<void> {
      await database.statement(() =>
        database
          .table('replies')
          .where({ item_id: itemId })
          .whereIn('item_id', heldUnder(itemId, lease))
          .update({ rejected: true })
      );
    },

    /** Notes at an item's last call why what it brought could not be used; it was this worker's, if the item is. */
    async explain(itemId: number, lease: string, reason: StoredReason): Promise<void> {
      const last = (await database
        .table('usages')
        .where({ item_id: itemId })
        .whereIn('item_id', heldUnder(itemId, lease))
        .max({ id: 'id' })
        .first()) as Row | undefined;
      const id = readOptionalNumber(last?.id);
      if (id !== null)
        await database.statement(() =>
          database
            .table('usages')
            .where({ id })
            .update({ reason: writeJson(reason) })
        );
    },

    /** What was last sent for an item. */
    async lastRequest(itemId: number): Promise<unknown> {
      const row = (await database
        .table('replies')
        .where({ item_id: itemId })
        .orderBy('id', 'desc')
        .first('request')) as Row | undefined;
      return row ? readJson(row.request) : null;
    },

    async usagesOf(itemId: number): Promise<UsageView[]> {
      const rows = (await database
        .table('usages')
        .where({ item_id: itemId })
        .orderBy('id')
        .limit(100)) as Row[];
      return rows.map((row) => ({
        id: readNumber(row.id),
        at: new Date(readNumber(row.created_ms)).toISOString(),
        provider: String(row.provider),
        model: String(row.model),
        modelAnswered: row.model_answered === null ? null : String(row.model_answered),
        inputTokens: readNumber(row.input_tokens),
        cachedTokens: readNumber(row.cached_tokens),
        outputTokens: readNumber(row.output_tokens),
        reasoningTokens: readNumber(row.reasoning_tokens),
        costUsd: readOptionalNumber(row.cost_usd),
        durationMs: readNumber(row.duration_ms),
        outcome: String(row.outcome),
        error: errorOf(row.reason),
        requestId: row.request_id === null ? null : String(row.request_id),
      }));
    },
  };
}
