import type { HttpFault } from './errors';
import type { RequestForm } from './openai-request';
import type { GenerateRequest } from './provider';

/**
 * The form to try after a refusal; null: the refusal is not about the form, or there is no other one. Each step leads only
 * one way (json_schema → json_object → instruction; temperature → none; one token name → the other), so it ends.
 * @param first the form that was tried first
 */
export function nextForm(
  refusal: HttpFault,
  form: RequestForm,
  first: RequestForm,
  request: GenerateRequest
): RequestForm | null {
  if (form.answerMode === 'json_schema' && hasNoRoute(refusal)) return { ...form, answerMode: 'json_object' };
  if (refusal.status !== 400 && refusal.status !== 422) return null;
  if (form.answerMode === 'json_schema' && isAboutAnswerShape(refusal))
    return { ...form, answerMode: 'json_object' };
  if (form.answerMode === 'json_object' && isAboutAnswerShape(refusal))
    return { ...form, answerMode: 'instruction' };
  const sendsTemperature = form.sendTemperature && typeof request.temperature === 'number';
  if (sendsTemperature && isUnsupported(refusal, 'temperature')) return { ...form, sendTemperature: false };
  const sendsTokens = form.tokensParameter === first.tokensParameter && typeof request.maxTokens === 'number';
  if (sendsTokens && isUnsupported(refusal, form.tokensParameter)) {
    const other = form.tokensParameter === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { ...form, tokensParameter: other };
  }
  return null;
}

/** OpenRouter answers 404 where no host of the model knows all parameters, as require_parameters asks. */
function hasNoRoute({ status, fault }: HttpFault): boolean {
  return status === 404 && /no endpoints found/i.test(fault.message);
}

function isAboutAnswerShape({ fault }: HttpFault): boolean {
  return (
    fault.param.startsWith('response_format') ||
    /response_?format|response_?schema|json_schema|json_object|json (schema|mode)|structured output/i.test(
      fault.message
    )
  );
}

/** The parameter itself is refused; a value out of range is the person's to correct. */
function isUnsupported({ fault }: HttpFault, parameter: string): boolean {
  const isMeant = fault.param === parameter || fault.message.includes(parameter);
  const isRefused =
    fault.code === 'unsupported_parameter' ||
    fault.code === 'unsupported_value' ||
    /unsupported|not supported|not support\b|not permitted|not allowed|unrecognized|unknown|only the default/i.test(
      fault.message
    );
  return isMeant && isRefused;
}

const REMEMBERED = 200;

/** Remembers the form that was taken, so that not every item of a job asks for the refusal again. In this process only. */
export interface FormMemory {
  recall(baseUrl: string, request: GenerateRequest): RequestForm | undefined;
  remember(baseUrl: string, request: GenerateRequest, form: RequestForm): void;
}

/** Keeps the last 200 combinations of address, model and settings. */
export function createFormMemory(): FormMemory {
  const forms = new Map<string, RequestForm>();
  const keyOf = (baseUrl: string, { model, answer, temperature, extra }: GenerateRequest) =>
    JSON.stringify([baseUrl, model, answer, temperature, extra]);
  return {
    recall: (baseUrl, request) => forms.get(keyOf(baseUrl, request)),
    remember: (baseUrl, request, form) => {
      const key = keyOf(baseUrl, request);
      forms.delete(key);
      forms.set(key, form);
      const oldest = forms.keys().next();
      if (forms.size > REMEMBERED && !oldest.done) forms.delete(oldest.value);
    },
  };
}
