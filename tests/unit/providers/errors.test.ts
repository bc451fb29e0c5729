import { describe, expect, it } from 'vitest';
import { WorkError } from '../../../server/src/domain/work-error';
import { toWorkError } from '../../../server/src/providers/errors';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import { openAiPreset } from '../../../server/src/providers/presets';
import {
  disconnect,
  error,
  garbage,
  halfJson,
  hang,
  hangInBody,
  openAiError,
  raw,
  type Reply,
} from '../../fakes/openai-server';
import { requestOf, SECRET_KEY, useFakeServer, workErrorOf } from './harness';

const server = useFakeServer();
const provider = createOpenAiCompatibleProvider(openAiPreset);
const never = new AbortController().signal;

const failWith = async (reply: Reply, timeoutMs?: number) => {
  server.current().respond(() => reply);
  return workErrorOf(provider.generate(server.connection(timeoutMs), requestOf(), never));
};

describe('what a provider answers', () => {
  it.each(['metadata', 'details', 'message'])('is an error whatever depth its %s has', async (field) => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const body = `{"error":{"code":401,"message":"no","${field}":${deep}}}`;
    const found = await failWith(error(401, body));
    expect(found.reason.code).toBe('key_refused');
    await failWith(error(400, deep));
  });

  it.each<[string, number, string | object, string, string]>([
    [
      'wrong key',
      401,
      openAiError('Incorrect API key', 'invalid_request_error', 'invalid_api_key'),
      'key_refused',
      'credentials',
    ],
    [
      'forbidden',
      403,
      openAiError('Country not supported', 'request_forbidden', null),
      'key_refused',
      'credentials',
    ],
    [
      'xAI, wrong key with 400',
      400,
      { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***.' },
      'key_refused',
      'credentials',
    ],
    [
      'Gemini, wrong key inside an array',
      400,
      [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
      'key_refused',
      'credentials',
    ],
    [
      'OpenRouter, no credits',
      402,
      { error: { code: 402, message: 'Insufficient credits' } },
      'quota_exhausted',
      'credentials',
    ],
    [
      'OpenAI, quota',
      429,
      openAiError('You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
      'quota_exhausted',
      'credentials',
    ],
    [
      'Gemini, limit in the words of a quota',
      429,
      [{ error: { code: 429, message: 'You exceeded your current quota', status: 'RESOURCE_EXHAUSTED' } }],
      'provider_rate_limited',
      'limit',
    ],
    [
      'unknown model',
      404,
      openAiError('The model `x` does not exist', 'invalid_request_error', 'model_not_found'),
      'model_not_found',
      'credentials',
    ],
    [
      'DeepSeek, unknown model with 400',
      400,
      openAiError('Model Not Exist', 'invalid_request_error', 'invalid_request_error'),
      'model_not_found',
      'credentials',
    ],
    [
      'OpenRouter, unknown model with 400',
      400,
      { error: { code: 400, message: 'acme/x is not a valid model ID' } },
      'model_not_found',
      'credentials',
    ],
    [
      'vLLM, unknown model',
      404,
      {
        object: 'error',
        message: 'The model `x` does not exist.',
        type: 'NotFoundError',
        param: null,
        code: 404,
      },
      'model_not_found',
      'credentials',
    ],
    ['wrong address, plain text', 404, '404 page not found', 'provider_bad_reply', 'credentials'],
    [
      'wrong address, OpenAI',
      404,
      openAiError('Invalid URL (POST /chat/completions)', 'invalid_request_error', null),
      'provider_bad_reply',
      'credentials',
    ],
    [
      'bad request',
      400,
      openAiError('Too long', 'invalid_request_error', 'context_length_exceeded', 'messages'),
      'provider_bad_request',
      'input',
    ],
    ['unprocessable', 422, { detail: [{ msg: 'field required' }] }, 'provider_bad_request', 'input'],
    [
      'too large',
      413,
      '<html><title>Request Entity Too Large</title></html>',
      'provider_bad_request',
      'input',
    ],
    [
      'OpenRouter, flagged input',
      403,
      { error: { code: 403, message: 'Flagged', metadata: { reasons: ['violence'], flagged_input: 'x' } } },
      'answer_filtered',
      'input',
    ],
    [
      'content filter',
      400,
      openAiError('Filtered', 'invalid_request_error', 'content_filter'),
      'answer_filtered',
      'input',
    ],
    ['timeout told', 408, openAiError('Timeout', 'timeout', null), 'provider_unavailable', 'outage'],
    ['conflict', 409, openAiError('Conflict', 'conflict', null), 'provider_unavailable', 'outage'],
    ['too early', 425, '', 'provider_unavailable', 'outage'],
    [
      'limit',
      429,
      openAiError('Rate limit reached', 'requests', 'rate_limit_exceeded'),
      'provider_rate_limited',
      'limit',
    ],
    [
      'server error',
      500,
      openAiError('The server had an error', 'server_error', null),
      'provider_unavailable',
      'outage',
    ],
    [
      'bad gateway, a page',
      502,
      '<html><head><title>502 Bad Gateway</title></head></html>',
      'provider_unavailable',
      'outage',
    ],
    ['overloaded', 529, '', 'provider_unavailable', 'outage'],
  ])('%s (%i)', async (_name, status, body, code, trouble) => {
    const failure = await failWith(error(status, body));
    expect([failure.reason.code, failure.trouble]).toEqual([code, trouble]);
    expect(failure.reason.retryable).toBe(trouble !== 'input');
    expect(failure.reason.params).toMatchObject({ provider: 'OpenAI', model: 'fake-large', status });
    expect(server.current().calls).toBe(1);
  });

  it('keeps the words and the request id, without the key', async () => {
    const body = openAiError(`Key ${SECRET_KEY}\u0007 is wrong. ${'x'.repeat(500)}`, 'x', null);
    const failure = await failWith(error(400, body, { 'x-request-id': 'req_1' }));
    const detail = String(failure.reason.params.detail);
    expect(detail).toMatch(/^Key \[key\] is wrong\. x+…$/);
    expect(detail).toHaveLength(300);
    expect(failure.reason.params.requestId).toBe('req_1');
    expect(failure.cause).toBeUndefined();
  });

  it("keeps the words of xAI's second shape and of a page", async () => {
    expect((await failWith(error(400, { code: 'x', error: 'Wrong argument' }))).reason.params.detail).toBe(
      'Wrong argument'
    );
    const page = await failWith(error(503, '<!doctype html><title>Down for maintenance</title>'));
    expect(page.reason.params).toMatchObject({
      detail: 'a web page, “Down for maintenance”',
      detailCode: 'detail_reply_page_titled',
    });
  });

  it('does not keep whatever imitates words of this side', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_one, index) => [`p${index}`, 'x']));
    for (const words of [{ code: 'constructor' }, { code: 'detail_reply_page', params: many }, 'x', [1]]) {
      const { params } = (await failWith(error(400, { error: { message: 'Said so', words } }))).reason;
      expect(params).toEqual({ provider: 'OpenAI', model: 'fake-large', status: 400, detail: 'Said so' });
    }
    const params = { provider: 'Someone', status: 1, pageTitle: `${SECRET_KEY} ${'x'.repeat(500)}` };
    const words = { code: 'detail_reply_page_titled', params };
    const kept = (await failWith(error(400, { error: { message: 'Said so', words } }))).reason.params;
    expect(kept).toMatchObject({ provider: 'OpenAI', status: 400 });
    expect(kept.pageTitle).toMatch(/^\[key\] x{200,294}…$/);
  });

  it('tells how long to wait, for limits and outages', async () => {
    expect((await failWith(error(429, '', { 'retry-after': '7' }))).retryAfterMs).toBe(7_000);
    expect((await failWith(error(503, '', { 'retry-after': '2' }))).retryAfterMs).toBe(2_000);
    expect((await failWith(error(429, '', { 'retry-after': '999999' }))).retryAfterMs).toBe(3_600_000);
    expect((await failWith(error(429, ''))).retryAfterMs).toBeNull();
    expect((await failWith(error(400, '', { 'retry-after': '7' }))).retryAfterMs).toBeNull();
  });

  it.each<[number, string, string]>([
    [429, 'provider_rate_limited', 'limit'],
    [402, 'quota_exhausted', 'credentials'],
    [502, 'provider_unavailable', 'outage'],
  ])("OpenRouter's error %i inside a 200", async (status, code, trouble) => {
    for (const body of [
      { error: { code: status, message: 'Upstream failed' } },
      {
        id: 'gen-1',
        choices: [{ finish_reason: 'error', error: { code: status, message: 'Upstream failed' } }],
      },
    ]) {
      const failure = await failWith(garbage(JSON.stringify(body)));
      expect([failure.reason.code, failure.trouble]).toEqual([code, trouble]);
      expect(failure.reason.params.detail).toBe('Upstream failed');
    }
  });

  it.each<[string, Reply, RegExp]>([
    ['half a JSON', halfJson(), /^not JSON: /],
    ['a page', garbage('<html><title>Log in</title></html>', 'text/html'), /^a web page, “Log in”$/],
    [
      'a page about a timeout',
      garbage('<html><title>Gateway timed out</title></html>', 'text/html'),
      /timed out/,
    ],
    ['nothing', garbage(''), /^the answer is empty$/],
    ['no content', raw(204, {}, ''), /^the answer is empty$/],
    ['a stream', garbage('data: {"choices":[]}\n\n', 'text/event-stream'), /^a stream of events$/],
    ['no choices', garbage('{"id":"x"}'), /holds no choices/],
    ['empty choices', garbage('{"choices":[]}'), /holds no choices/],
    ['null', garbage('null'), /no JSON object/],
    ['a list', garbage('[1]'), /no JSON object/],
    ['a text', garbage('"hello"'), /no JSON object/],
  ])('%s is a bad reply', async (_name, reply, detail) => {
    const failure = await failWith(reply);
    expect([failure.reason.code, failure.trouble]).toEqual(['provider_bad_reply', 'outage']);
    expect(failure.reason.params.detail).toMatch(detail);
  });

  it('does not follow a redirect', async () => {
    const failure = await failWith(raw(307, { location: 'https://user:pass@other.example/v1?key=1' }, ''));
    expect(failure.reason.code).toBe('provider_bad_reply');
    expect(failure.reason.params.detail).toBe(
      'it redirects to https://other.example (307); set the final address'
    );
    expect(server.current().calls).toBe(1);
  });

  it('does not read more than 10 MB', async () => {
    const failure = await failWith(
      garbage(JSON.stringify({ choices: [], filler: 'x'.repeat(11 * 1024 * 1024) }))
    );
    expect(failure.reason).toMatchObject({
      code: 'provider_bad_reply',
      params: { detail: 'the answer is larger than 10 MB' },
    });
  });
});

describe('no answer', () => {
  it.each([
    ['no head', hang()],
    ['no end', hangInBody()],
  ])('%s within the time', async (_name, reply) => {
    const startedAt = Date.now();
    const failure = await failWith(reply, 1_000);
    expect([failure.reason.code, failure.trouble]).toEqual(['provider_timeout', 'outage']);
    expect(failure.reason.params).toEqual({ provider: 'OpenAI', seconds: 1 });
    expect(Date.now() - startedAt).toBeLessThan(2_500);
  });

  it('a closed connection', async () => {
    const failure = await failWith(disconnect());
    expect([failure.reason.code, failure.trouble]).toEqual(['provider_unreachable', 'outage']);
    expect(failure.reason.params.detail).toMatch(/^connection closed, /);
  });

  it.each([
    ['http://127.0.0.1:9/v1', 'no connection'],
    ['http://nowhere.invalid/v1', 'host name'],
  ])('nobody at %s, and the address is not told', async (baseUrl, detail) => {
    const failure = await workErrorOf(
      provider.generate({ apiKey: SECRET_KEY, baseUrl, timeoutMs: 5_000 }, requestOf(), never)
    );
    expect([failure.reason.code, failure.trouble]).toEqual(['provider_unreachable', 'outage']);
    expect(failure.reason.params.detail).toContain(detail);
    expect(failure.message).not.toContain('v1');
  });

  it('a port with no listener', async () => {
    const { startOpenAiServer } = await import('../../fakes/openai-server');
    const gone = await startOpenAiServer();
    await gone.close();
    const connection = { apiKey: SECRET_KEY, baseUrl: gone.url, timeoutMs: 5_000 };
    const failure = await workErrorOf(provider.generate(connection, requestOf(), never));
    expect(failure.reason.params.detail).toBe('connection refused, ECONNREFUSED');
  });
});

describe('toWorkError', () => {
  const context = { provider: 'OpenAI', model: 'm', timeoutMs: 60_000, apiKey: SECRET_KEY };

  it('leaves a WorkError as it is', () => {
    const own = new WorkError('answer_empty');
    expect(toWorkError(own, context)).toBe(own);
  });

  it('calls the unforeseen a bug, without the key', () => {
    const failure = toWorkError(new RangeError(`odd ${SECRET_KEY}`), context);
    expect(failure.reason).toMatchObject({ code: 'internal_error', params: { detail: 'odd [key]' } });
    expect(failure.trouble).toBe('bug');
    expect(toWorkError('text', context).reason.params.detail).toBe('text');
  });

  it('names the time that passed where a connection timed out early', () => {
    const timeout = Object.assign(new Error('x'), { name: 'TimeoutError' });
    expect(toWorkError(timeout, { ...context, elapsedMs: 10_200 }).reason.params.seconds).toBe(10);
    expect(toWorkError(timeout, context).reason.params.seconds).toBe(60);
  });
});
