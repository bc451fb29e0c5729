import type { StoredReason } from '../contracts/reason';
import type { ResolvedConfig } from '../config';
import { createBatcher } from '../domain/batcher';
import { fingerprint } from '../domain/fingerprint';
import { estimateTokens, learnTokens, type TokenExperience } from '../domain/token-estimate';
import { isWorkError, WorkError } from '../domain/work-error';
import { faultPoint } from '../fault-points';
import type { ModelReply, ModelRequest } from '../job-types/job-type';
import type { GenerateReply, RefusedCall } from '../providers/provider';
import type { MessageQueue } from '../queue/message-queue';
import type { UsageDelta } from '../store/settlements';
import { FORM_REFUSED, type NewReply, type NewUsage } from '../store/replies';
import type { Store } from '../store/store';
import type { ProviderService } from './providers';

/** For whom a call is made. */
export interface CallOrigin {
  purpose: 'item' | 'sample';
  jobKey: number | null;
  itemId: number | null;
  personId: number | null;
  /** Whether an earlier attempt may have left a paid reply. */
  mayHaveReply: boolean;
  /** When the attempt's time is over; epoch milliseconds. */
  deadlineAt: number;
  signal: AbortSignal;
  /** Aborted when no further call shall begin; null where nothing can be paused. */
  pause: AbortSignal | null;
  /** Asked when all waiting is over, right before the call. @throws where it must not be made any more */
  stillWanted(): Promise<void>;
  /** Told of each call's tokens and cost. */
  onUsage(usage: UsageDelta): void;
}

/** How long a call waits in place for a free slot before the item is put back. */
const WAIT_FOR_SLOT_MS = 2_000;
const SLOT_POLL_MS = 60;
/** Failures in a row after which a provider is left alone for a while. */
const FAILURES_TO_OPEN = 5;
const FIRST_REST_MS = 15_000;
/** Failures further apart than this do not belong together. */
const FORGET_FAILURES_MS = 20 * 60_000;
const LONGEST_REST_MS = 120_000;
const DEFAULT_LIMIT_WAIT_MS = 5_000;

interface Health {
  failures: number;
  firstFailureAt: number;
  lastFailureAt: number;
  rests: number;
}

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
  const { providers, store, config } = parts;
  const health = new Map<string, Health>();
  /** Per provider and model, of the calls of this process. */
  const tokenExperience = new Map<string, TokenExperience>();

  const recorder = createBatcher<{ usage: NewUsage; reply: NewReply | null }, unknown>({
    waitMs: 5,
    mostKeys: 100,
    serial: true,
    run: async (entries) => {
      const keep = (some: typeof entries): Promise<void> =>
        store.database.detached(() => store.replies.record(some));
      try {
        await keep(entries);
        return entries.map(() => null);
      } catch {
        // One that the database does not take shall not cost the others their paid replies.
        const errors: unknown[] = [];
        for (const entry of entries) {
          errors.push(
            await keep([entry]).then(
              () => null,
              (error: unknown) => error
            )
          );
        }
        return errors;
      }
    },
  });

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

  /** A call went wrong on the provider's side: after some in a row it is left alone, after long the job pauses. */
  const noteFailure = async (name: string, label: string, error: WorkError): Promise<WorkError> => {
    if (error.trouble === 'limit') {
      await parts.queue().limits.block(name, Date.now() + (error.retryAfterMs ?? DEFAULT_LIMIT_WAIT_MS));
      return error;
    }
    if (error.trouble !== 'outage') {
      // It answered, so it is there.
      health.delete(name);
      return error;
    }
    const now = Date.now();
    const known = health.get(name);
    // What went wrong long ago is another story.
    const state =
      known && now - known.lastFailureAt < FORGET_FAILURES_MS
        ? known
        : { failures: 0, firstFailureAt: now, lastFailureAt: now, rests: 0 };
    state.lastFailureAt = now;
    state.failures += 1;
    health.set(name, state);
    const downMs = Date.now() - state.firstFailureAt;
    const resting = ((await parts.queue().limits.blockedUntil(name)) ?? 0) > now;
    if (state.failures >= FAILURES_TO_OPEN && !resting) {
      const restMs = Math.min(
        FIRST_REST_MS * 2 ** state.rests,
        LONGEST_REST_MS,
        config.pauseAfterMinutesDown * 60_000
      );
      state.rests += 1;
      state.failures = FAILURES_TO_OPEN - 1;
      await parts.queue().limits.block(name, Date.now() + restMs);
    }
    if (downMs > config.pauseAfterMinutesDown * 60_000) {
      return new WorkError(
        'provider_down',
        { provider: label, minutes: Math.round(downMs / 60_000) },
        { trouble: 'credentials', cause: error }
      );
    }
    if (state.rests === 0) return error;
    // It is known to be down: that it still is costs no item an attempt.
    const restsUntil = (await parts.queue().limits.blockedUntil(name)) ?? now;
    return new WorkError(error.reason.code, error.reason.params, {
      trouble: 'limit',
      retryAfterMs: Math.max(restsUntil - now, 1_000),
      cause: error,
    });
  };

  /** What a reply used, for the limits and for the next estimate; undefined where the provider does not say. */
  const noteTokens = (request: ModelRequest, { usage }: GenerateReply): number | undefined => {
    const key = modelKey(request);
    const learnt = learnTokens(tokenExperience.get(key) ?? null, charactersOf(request), usage);
    if (learnt) tokenExperience.set(key, learnt);
    return usage.inputTokens + usage.outputTokens || undefined;
  };

  const usageOf = (reply: GenerateReply | null): UsageDelta => ({
    inputTokens: reply?.usage.inputTokens ?? 0,
    cachedTokens: reply?.usage.cachedTokens ?? 0,
    outputTokens: reply?.usage.outputTokens ?? 0,
    reasoningTokens: reply?.usage.reasoningTokens ?? 0,
    costUsd: reply?.costUsd ?? null,
    calls: 1,
  });

  const record = async (
    request: ModelRequest,
    origin: CallOrigin,
    input: string,
    durationMs: number,
    reply: GenerateReply | null,
    outcome: string,
    reason: StoredReason | null = null,
    requestId: string | null = reply?.requestId ?? null
  ): Promise<void> => {
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
        durationMs,
        outcome,
        reason,
        requestId,
      },
      reply:
        reply && origin.itemId !== null && origin.jobKey !== null
          ? {
              jobKey: origin.jobKey,
              itemId: origin.itemId,
              fingerprint: input,
              request: request.messages,
              reply,
            }
          : null,
    });
    if (failure !== null) throw failure;
  };

  return {
    /** @throws WorkError, or the signal's reason */
    async generate(request: ModelRequest, origin: CallOrigin): Promise<ModelReply> {
      const input = fingerprint(request);
      if (origin.mayHaveReply && origin.itemId !== null) {
        const stored = await store.replies.find(origin.itemId, input);
        if (stored) return stored.reply as GenerateReply;
      }
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
            await record(request, origin, input, durationMs, null, FORM_REFUSED, null, requestId);
            origin.onUsage(usageOf(null));
          })
        );
      };
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
        faultPoint('reply received');
        usedTokens = noteTokens(request, reply);
        await Promise.all([
          noteRefusals(),
          record(
            request,
            origin,
            input,
            Date.now() - lastStartedAt,
            reply,
            reply.refusal === null ? 'ok' : 'answer_refused'
          ),
        ]);
        faultPoint('reply stored');
        origin.onUsage(usageOf(reply));
        health.delete(request.provider);
        return reply;
      } catch (error) {
        const known = isWorkError(error);
        if (known && error.trouble !== 'outage') usedTokens ??= 0;
        await noteRefusals();
        await record(
          request,
          origin,
          input,
          Date.now() - lastStartedAt,
          null,
          known ? error.reason.code : origin.signal.aborted ? 'aborted' : 'internal_error',
          known ? error.reason : null
        );
        origin.onUsage(usageOf(null));
        throw known ? await noteFailure(request.provider, label, error) : error;
      } finally {
        await release(usedTokens);
      }
    },
    /** Forgets what is known of a provider's failures: a person resumes a job or tests the connection. */
    forgive: (name: string): void => void health.delete(name),
  };
}
