import type { FieldValues, ItemUsage } from '../contracts/item';
import type { StoredReason } from '../contracts/reason';
import type { ItemStatus } from '../contracts/statuses';
import { writeJson, type Database, type Transaction } from './database';

/** How an attempt ended. */
export interface Settlement {
  itemId: number;
  jobKey: number;
  lease: string;
  to: ItemStatus;
  reason: StoredReason | null;
  /** Undefined: what the writing of the entry noted stays. */
  message: StoredReason | null | undefined;
  values: Record<string, FieldValues> | null;
  fingerprint: string | null;
  /** What the attempt's calls used, added to what the item had. */
  usage: ItemUsage;
  /** Of the attempt, without what it waited for its turn to call; milliseconds. */
  durationMs: number;
  /** For `pending`: when the next attempt is due, and whether this one counts against the attempts. */
  nextAttemptAt: number | null;
  countsAsAttempt: boolean;
}

/** Settlements per statement: each differing column adds to it, and databases have a limit. */
const MOST_ROWS = 50;

/** What may differ from item to item within one statement. */
const AMOUNTS = {
  input_tokens: (settlement: Settlement) => settlement.usage.inputTokens,
  cached_tokens: (settlement: Settlement) => settlement.usage.cachedTokens,
  output_tokens: (settlement: Settlement) => settlement.usage.outputTokens,
  reasoning_tokens: (settlement: Settlement) => settlement.usage.reasoningTokens,
  calls: (settlement: Settlement) => settlement.usage.calls,
  cost_usd: (settlement: Settlement) => settlement.usage.costUsd ?? 0,
};

/** Those that one statement can write: the same end, the same columns. */
export function groupsAlike(settlements: Settlement[]): Settlement[][] {
  const groups = new Map<string, Settlement[]>();
  for (const settlement of settlements) {
    const key = JSON.stringify([
      settlement.to,
      settlement.reason,
      settlement.message === undefined ? '' : settlement.message,
      settlement.nextAttemptAt,
      settlement.countsAsAttempt,
      settlement.values === null,
      settlement.fingerprint === null,
    ]);
    const group = groups.get(key) ?? [];
    group.push(settlement);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    const chunks: Settlement[][] = [];
    for (let start = 0; start < group.length; start += MOST_ROWS)
      chunks.push(group.slice(start, start + MOST_ROWS));
    return chunks;
  });
}

/** What settling them does to the counts and costs of their jobs; in the order of the jobs, as everybody locks them. */
export function changesPerJob(
  settlements: Settlement[]
): [number, { delta: Partial<Record<ItemStatus, number>>; costUsd: number | null }][] {
  const perJob = new Map<number, { delta: Partial<Record<ItemStatus, number>>; costUsd: number | null }>();
  for (const { jobKey, to, usage } of settlements) {
    const job = perJob.get(jobKey) ?? { delta: {}, costUsd: null };
    job.delta.processing = (job.delta.processing ?? 0) - 1;
    job.delta[to] = (job.delta[to] ?? 0) + 1;
    if (usage.costUsd !== null) job.costUsd = (job.costUsd ?? 0) + usage.costUsd;
    perJob.set(jobKey, job);
  }
  return [...perJob].sort(([a], [b]) => a - b);
}

/** Numbers stand in the statement itself: a database that must guess the type of a binding inside a `case` takes it for text. */
const literal = (value: number): string => String(Number.isFinite(value) ? value : 0);

/** A text column's value per item: plain where it is the same for all; empty, where others have one, as good as none. */
export function textPerItem<Member extends { itemId: number }>(
  database: Database,
  members: Member[],
  textOf: (member: Member) => string | null
) {
  const texts = members.map(textOf);
  const [first = null] = texts;
  if (texts.every((text) => text === first)) return first;
  const cases = members.map(({ itemId }) => `when ${literal(itemId)} then ?`).join(' ');
  return database.expression(
    `case id ${cases} end`,
    texts.map((text) => text ?? '')
  );
}

/** A number per item. */
export function numberPerItem<Member extends { itemId: number }>(
  members: Member[],
  numberOf: (member: Member) => number
): string {
  const cases = members.map((member) => `when ${literal(member.itemId)} then ${literal(numberOf(member))}`);
  return `case id ${cases.join(' ')} end`;
}

/** Writes attempts that ended alike in one statement. The caller holds the rows. */
export async function writeSettled(
  database: Database,
  alike: Settlement[],
  transaction: Transaction
): Promise<void> {
  const [first] = alike;
  if (!first) return;
  const now = Date.now();
  const ended = first.to !== 'pending';
  const amounts = Object.entries(AMOUNTS)
    .filter(([, amountOf]) => alike.some((settlement) => amountOf(settlement) !== 0))
    .map(([column, amountOf]) => [
      column,
      database.expression(`coalesce(??, 0) + ${numberPerItem(alike, amountOf)}`, [column]),
    ]);
  await database
    .table('items', transaction)
    .whereIn(
      'id',
      alike.map(({ itemId }) => itemId)
    )
    .where({ status: 'processing' })
    .update({
      status: first.to,
      lease: null,
      lease_until: null,
      // Until it is due it is none of those that wait for a message.
      queued_at: first.nextAttemptAt === null ? null : -first.nextAttemptAt,
      error_code: first.reason?.code ?? null,
      reason: writeJson(first.reason),
      ...(first.message === undefined ? {} : { message: writeJson(first.message) }),
      next_attempt_at: first.nextAttemptAt,
      duration_ms: database.expression(
        numberPerItem(alike, ({ durationMs }) => durationMs),
        []
      ),
      ended_at: ended ? now : null,
      progress: ended ? 1 : 0,
      ...(first.values
        ? { field_values: textPerItem(database, alike, ({ values }) => writeJson(values)) }
        : {}),
      ...(first.fingerprint
        ? { fingerprint: textPerItem(database, alike, ({ fingerprint }) => fingerprint) }
        : {}),
      ...(first.countsAsAttempt
        ? { attempts: database.expression('coalesce(??, 0) + ?', ['attempts', 1]) }
        : {}),
      ...Object.fromEntries(amounts),
    });
}
