import type { ResolvedConfig } from '../config';
import type { ItemUsage } from '../contracts/item';
import { fingerprint } from '../domain/fingerprint';
import { keepTrying } from '../domain/keep-trying';
import { estimateTokens, learnTokens, type TokenExperience } from '../domain/token-estimate';
import { isWorkError, WorkError } from '../domain/work-error';
import { faultPoint } from '../fault-points';
import type { ModelReply, ModelRequest } from '../job-types/job-type';
import type { GenerateReply, RefusedCall } from '../providers/provider';
import type { MessageQueue } from '../queue/message-queue';
import { FORM_REFUSED } from '../store/replies';
import type { Store } from '../store/store';
import { createCallRecords, usageOf, type RecordedCall } from './call-records';
import { createProviderHealth } from './provider-health';
import type { ProviderService } from './providers';

/** For whom a call is made. */
export interface CallOrigin extends RecordedCall {
  /** How often the job has been resumed. */
  jobResumes: number;
  /** Whether an earlier attempt may have left a paid reply. */
  mayHaveReply: boolean;
  /** When the attempt's time is over; epoch milliseconds. */
  deadlineAt: number;
  signal: AbortSignal;
  /** Aborted when no further call shall begin; null where nothing can be paused. */
  pause: AbortSignal | null;
  /** Asked when all waiting is over, right before the call. @throws where it must not be made any more */
  stillWanted(): Promise<void>;
  /** Waits for the database rather than for the provider: that time is not taken from the attempt. */
  untimed<Result>(wait: () => Promise<Result>): Promise<Result>;
  /** Told of each call's tokens and cost. */
  onUsage(usage: ItemUsage): void;
}

/** How long a call waits in place for a free slot before the item is put back. */
const WAIT_FOR_SLOT_MS = 2_000;
const SLOT_POLL_MS = 60;
/** How long what was paid for is kept in hand while the database does not take it; also beyond the attempt's own end. */
const KEEP_REPLY_MS = 60_000;
const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });

const modelKey = (request: ModelRequest): string => `${request.provider} ${request.model}`;

/** Of all that a provider counts as sent. */
const charactersOf = ({ messages, answer }: ModelRequest): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0) +
  (answer ? JSON.stringify(answer.schema).length : 0);

export type GenerationService = ReturnType<typeof createGenerationService>;

/** Calls to models: within the provider's limits, never to one that is down, stored before they are used. */
export function createGenerationService(parts: {
  providers: ProviderService;
  store: Store;
  queue: () => MessageQueue;
  config: ResolvedConfig;
}) {
  const { providers, store } = parts;
  const health = createProviderHealth(() => parts.queue().limits, parts.config.pauseAfterMinutesDown);
  const record = createCallRecords(store);
  /** Per provider and model, of the calls of this process. */
  const tokenExperience = new Map<string, TokenExperience>();

  const takeSlot = async (
    request: ModelRequest,
    label: string,
    origin: CallOrigin
  ): Promise<(usedTokens?: number) => Promise<void>> => {
    const name = request.provider;
    const tokens = estimateTokens(
      { characters: charactersOf(request), maxTokens: request.maxTokens },
      tokenExperience.get(modelKey(request)) ?? null
    );
    const limits = await providers.limits(name);
    const giveUpAt = Date.now() + WAIT_FOR_SLOT_MS;
    const ended = origin.pause ? AbortSignal.any([origin.signal, origin.pause]) : origin.signal;
    for (;;) {
      ended.throwIfAborted();
      const grant = await parts
        .queue()
        .limits.acquire(name, { ...limits, tokens, holdMs: origin.deadlineAt - Date.now() + 10_000 });
      if (grant.granted) {
        try {
          faultPoint('call allowed');
          await origin.stillWanted();
          ended.throwIfAborted();
          return grant.release;
        } catch (error) {
          await grant.release(0);
          throw error;
        }
      }
      const patient = grant.because === 'parallel' && Date.now() < giveUpAt;
      if (!patient) {
        // This minute's requests are used up for everyone: nothing of this provider's is taken up until the next one.
        if (grant.because === 'rate') await parts.queue().limits.block(name, Date.now() + grant.retryAfterMs);
        throw new WorkError(
          'provider_rate_limited',
          { provider: label },
          { trouble: 'limit', retryAfterMs: Math.max(grant.retryAfterMs, 250) }
        );
      }
      await wait(SLOT_POLL_MS * (0.5 + Math.random()), ended);
    }
  };

  /** What a reply used, for the limits and for the next estimate; undefined where the provider does not say. */
  const noteTokens = (request: ModelRequest, { usage }: GenerateReply): number | undefined => {
    const key = modelKey(request);
    const learnt = learnTokens(tokenExperience.get(key) ?? null, charactersOf(request), usage);
    if (learnt) tokenExperience.set(key, learnt);
    return usage.inputTokens + usage.outputTokens || undefined;
  };

  return {
    /** @throws WorkError, or the signal's reason */
    async generate(request: ModelRequest, origin: CallOrigin): Promise<ModelReply> {
      const input = fingerprint(request);
      if (origin.mayHaveReply && origin.itemId !== null) {
        const stored = await store.replies.find(origin.itemId, input);
        if (stored) return stored.reply as GenerateReply;
      }
      if (origin.jobKey !== null) health.heed(request.provider, origin.jobKey, origin.jobResumes);
      const { provider, connection, label } = await providers.connect(
        request.provider,
        origin.deadlineAt - Date.now()
      );
      const release = await takeSlot(request, label, origin);
      const startedAt = Date.now();
      const refused: RefusedCall[] = [];
      let lastStartedAt = startedAt;
      const noteRefusals = async (): Promise<void> => {
        await Promise.all(
          refused.splice(0).map(async ({ durationMs, requestId }) => {
            await record({
              request,
              origin,
              input,
              durationMs,
              reply: null,
              outcome: FORM_REFUSED,
              requestId,
            });
            origin.onUsage(usageOf(null));
          })
        );
      };
      const keep = (reply: GenerateReply): Promise<void> => {
        const giveUpAt = Date.now() + KEEP_REPLY_MS;
        return keepTrying(
          async (earlierTries) => {
            const { itemId } = origin;
            // A commit whose answer was lost has been made all the same.
            if (earlierTries > 0 && itemId !== null && (await store.replies.find(itemId, input))) return;
            await record({
              request,
              origin,
              input,
              durationMs,
              reply,
              outcome: reply.refusal === null ? 'ok' : 'answer_refused',
            });
          },
          (pauseMs) => origin.itemId === null || Date.now() + pauseMs > giveUpAt
        );
      };
      let received = false;
      let durationMs = 0;
      /** Undefined while nobody knows: a call that was cut off may have used all that was reserved for it. */
      let usedTokens: number | undefined;
      try {
        // Of the attempt's time, what is left after waiting for a slot.
        const timeoutMs = Math.max(1, origin.deadlineAt - startedAt);
        const reply = await provider.generate(
          { ...connection, timeoutMs },
          request,
          origin.signal,
          (call) => {
            refused.push(call);
            lastStartedAt = Date.now();
          }
        );
        received = true;
        durationMs = Date.now() - lastStartedAt;
        health.isWell(request.provider);
        faultPoint('reply received');
        usedTokens = noteTokens(request, reply);
        // What could not be noted of refused requests shall not cost the reply.
        const noted = await Promise.allSettled([noteRefusals(), origin.untimed(() => keep(reply))]);
        for (const result of noted) if (result.status === 'rejected') throw result.reason;
        faultPoint('reply stored');
        origin.onUsage(usageOf(reply));
        return reply;
      } catch (error) {
        if (received) throw error;
        const known = isWorkError(error);
        if (known && error.trouble !== 'outage') usedTokens ??= 0;
        // What cannot be noted shall not hide what went wrong.
        const [failure] = await Promise.allSettled([
          known ? health.failed(request.provider, label, error) : Promise.resolve(error),
          noteRefusals(),
          record({
            request,
            origin,
            input,
            durationMs: Date.now() - lastStartedAt,
            reply: null,
            outcome: known ? error.reason.code : origin.signal.aborted ? 'aborted' : 'internal_error',
            reason: known ? error.reason : null,
          }),
        ]);
        origin.onUsage(usageOf(null));
        throw failure.status === 'fulfilled' ? failure.value : failure.reason;
      } finally {
        await release(usedTokens);
      }
    },
    /** Forgets what is known of a provider's failures: a person resumes a job or tests the connection. */
    forgive: (name: string): void => health.isWell(name),
  };
}
