import type { ItemUsage } from '../contracts/item';
import type { StoredReason } from '../contracts/reason';
import { createBatcher, togetherOrAlone } from '../domain/batcher';
import { noUsage } from '../domain/usage';
import type { ModelRequest } from '../job-types/job-type';
import type { GenerateReply } from '../providers/provider';
import { FORM_REFUSED, type NewReply, type NewUsage } from '../store/replies';
import type { Store } from '../store/store';

/** For whom and for what a call was made. */
export interface RecordedCall {
  purpose: 'item' | 'sample';
  jobKey: number | null;
  itemId: number | null;
  personId: number | null;
}

/** What one call used; `reply` is null where none came. */
export const usageOf = (reply: GenerateReply | null): ItemUsage => ({
  ...noUsage(),
  ...reply?.usage,
  costUsd: reply?.costUsd ?? null,
  calls: 1,
});

/** One call, as it is written down. */
export interface CallRecord {
  request: ModelRequest;
  origin: RecordedCall;
  /** The fingerprint of the request: a later attempt finds the reply by it. */
  input: string;
  durationMs: number;
  /** Null where it brought none. */
  reply: GenerateReply | null;
  /** `ok`, or the code of what was wrong. */
  outcome: string;
  reason?: StoredReason | null;
  /** The provider's id of a call without a reply. */
  requestId?: string | null;
}

/** Writes down every call, with what was sent and the reply where it brought one, before anybody uses it. */
export function createCallRecords(store: Store) {
  const recorder = createBatcher<{ usage: NewUsage; reply: NewReply | null }, unknown>({
    waitMs: 5,
    mostKeys: 100,
    atOnce: 1,
    // One that the database does not take shall not cost the others their paid replies.
    run: (entries) =>
      togetherOrAlone(entries, (some) => store.database.detached(() => store.replies.record(some))),
  });

  /** @throws where the database did not take it */
  return async function record(call: CallRecord): Promise<void> {
    const { request, origin, reply } = call;
    const usage = usageOf(reply);
    const failure = await recorder.load({
      usage: {
        jobKey: origin.jobKey,
        itemId: origin.itemId,
        personId: origin.personId,
        purpose: origin.purpose,
        provider: request.provider,
        model: request.model,
        modelAnswered: reply?.model ?? null,
        inputTokens: usage.inputTokens,
        cachedTokens: usage.cachedTokens,
        outputTokens: usage.outputTokens,
        reasoningTokens: usage.reasoningTokens,
        costUsd: usage.costUsd,
        durationMs: call.durationMs,
        outcome: call.outcome,
        reason: call.reason ?? null,
        requestId: call.requestId ?? reply?.requestId ?? null,
      },
      reply:
        origin.itemId !== null && origin.jobKey !== null && call.outcome !== FORM_REFUSED
          ? {
              jobKey: origin.jobKey,
              itemId: origin.itemId,
              fingerprint: call.input,
              request: request.messages,
              reply,
            }
          : null,
    });
    if (failure !== null) throw failure;
  };
}
