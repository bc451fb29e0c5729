import { answerShape, type AnswerFault, type AnswerShape } from '../../domain/answer-schema';
import { createBoundedCache } from '../../domain/bounded-cache';
import { WorkError } from '../../domain/work-error';
import type { FillFieldsSettings } from '../../contracts/fill-fields';
import type { ReasonCode, StoredReason } from '../../contracts/reason';
import type { ItemContext, ModelReply, ModelRequest } from '../job-type';
import type { WantedOutput } from './outputs';

const MOST_SHAPES_KNOWN = 100;
const shapes = createBoundedCache<string, AnswerShape>(MOST_SHAPES_KNOWN);

/** Of all items of a job with the same fields to write, the answer has the same shape. */
function shapeOf(settings: FillFieldsSettings, outputs: WantedOutput[]): AnswerShape {
  const html = settings.html === true;
  return shapes.get(JSON.stringify([html, outputs]), () => answerShape(outputs, { html }));
}

/** Why the reply is not an answer at all; null: it is one. */
function noAnswer(reply: ModelReply, settings: FillFieldsSettings): WorkError | null {
  if (reply.refusal !== null) return new WorkError('answer_refused', { detail: reply.refusal.slice(0, 300) });
  if (reply.finishReason === 'content_filter')
    return new WorkError('answer_filtered', { provider: settings.provider });
  if (reply.finishReason !== 'length') return null;
  return settings.maxTokens === undefined
    ? new WorkError('answer_cut_off', {}, { retryable: true })
    : new WorkError('answer_truncated', { maxTokens: settings.maxTokens }, { retryable: true });
}

/** Of a first answer too: its sentences do not say that it happened twice. */
const ONE_REPLY: Partial<Record<ReasonCode, ReasonCode>> = {
  answer_empty: 'reply_empty',
  answer_not_json: 'reply_not_json',
  answer_too_long: 'reply_too_long',
  answer_invalid: 'reply_invalid',
};

const ofOneReply = ({ code, params }: AnswerFault['reason']): StoredReason => ({
  code: ONE_REPLY[code] ?? code,
  params,
  retryable: true,
});

/** The messages and the shape that are sent for an entry. */
export function requestFor(
  settings: FillFieldsSettings,
  prompt: string,
  outputs: WantedOutput[]
): ModelRequest {
  const shape = shapeOf(settings, outputs);
  return {
    provider: settings.provider,
    model: settings.model,
    messages: [
      ...(settings.systemMessage ? [{ role: 'system' as const, content: settings.systemMessage }] : []),
      { role: 'user' as const, content: prompt },
    ],
    answer: { name: 'fields', schema: shape.jsonSchema },
    temperature: settings.temperature ?? null,
    maxTokens: settings.maxTokens ?? null,
    extra: settings.extra ?? null,
  };
}

/**
 * Asks for the values of some fields. An answer that does not fit is sent back once with what was wrong.
 * @throws WorkError where the model refuses, or where the second answer does not fit either
 */
export async function askForValues(
  context: ItemContext<FillFieldsSettings>,
  request: ModelRequest,
  outputs: WantedOutput[]
): Promise<Record<string, unknown>> {
  const { settings } = context;
  const shape = shapeOf(settings, outputs);
  try {
    const ask = async (asked: ModelRequest): Promise<ModelReply> => {
      const reply = await context.generate(asked);
      const fault = noAnswer(reply, settings);
      if (!fault) return reply;
      await context.explainReply(fault.reason);
      throw fault;
    };
    const first = await ask(request);
    const parsed = await context.readAnswer(first.text, shape);
    if (parsed.ok) return parsed.values;
    await context.explainReply(ofOneReply(parsed.reason));
    const second = await ask({
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: first.text.slice(0, 20_000) },
        { role: 'user', content: parsed.repair },
      ],
    });
    const repaired = await context.readAnswer(second.text, shape);
    if (repaired.ok) return repaired.values;
    await context.explainReply(ofOneReply(repaired.reason));
    throw new WorkError(repaired.reason.code, repaired.reason.params, { retryable: true });
  } catch (error) {
    if (error instanceof WorkError && error.reason.code.startsWith('answer_')) await context.rejectReplies();
    throw error;
  }
}
