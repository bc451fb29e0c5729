import type { ServerResponse } from 'node:http';

/** A request as the fake received it. */
export interface ReceivedRequest {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed; an empty object for a request without one. */
  body: Record<string, unknown>;
  /** From 0, in the order of arrival, counted per path. */
  index: number;
  /** `Date.now()` at arrival. */
  receivedAt: number;
}

/** How the fake answers one request. */
export type Reply = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

/** Tokens as a test sets them; what is left out is counted from the texts. */
export interface FakeUsage {
  input?: number;
  cached?: number;
  output?: number;
  reasoning?: number;
}

export interface OkOptions {
  usage?: FakeUsage;
  /** The model that says it answered; otherwise the one asked. */
  model?: string;
  finishReason?: string | null;
  /** `usage.cost`, in USD, as OpenRouter has it. */
  costUsd?: number;
  headers?: Record<string, string>;
}

let lastId = 0;

/** A completion with this text; an object becomes JSON. */
export function ok(content: string | object, options: OkOptions = {}): Reply {
  return completion(
    { content: typeof content === 'string' ? content : JSON.stringify(content), refusal: null },
    options
  );
}

/** The model declines in words of its own. */
export function refusal(words: string): Reply {
  return completion({ content: null, refusal: words }, {});
}

/** An error of OpenAI's shape, or any body given. */
export function error(
  status: number,
  body: string | object = {
    error: { message: `Error ${status}`, type: 'api_error', param: null, code: null },
  },
  headers: Record<string, string> = {}
): Reply {
  return (_request, response) => {
    const isText = typeof body === 'string';
    send(response, status, isText ? body : JSON.stringify(body), {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...headers,
    });
  };
}

/** A 200 with any text in it. */
export function garbage(text: string, contentType = 'application/json'): Reply {
  return (_request, response) => send(response, 200, text, { 'content-type': contentType });
}

/** A completion that breaks off in the middle of its JSON, sent as if it were whole. */
export function halfJson(): Reply {
  return garbage(
    '{"id":"chatcmpl-half","object":"chat.completion","choices":[{"index":0,"message":{"role":"assi'
  );
}

/** A completion whose *text* is JSON that breaks off. */
export function halfJsonText(): Reply {
  return ok('{"metaTitle":"A title that ends in the mid', { finishReason: 'stop' });
}

/** Never answers; the connection stays open until the caller or the server ends it. */
export function hang(): Reply {
  return () => undefined;
}

/** Sends the head of an answer and never the rest. */
export function hangInBody(): Reply {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":');
  };
}

/** Closes the connection without an answer. */
export function disconnect(): Reply {
  return (_request, response) => {
    response.socket?.destroy();
  };
}

/** Waits, then gives another reply, unless the caller is gone by then. */
export function delay(delayMs: number, reply: Reply): Reply {
  return async (request, response) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      response.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    if (!response.destroyed) await reply(request, response);
  };
}

/** Any status, headers and body, for what the others do not cover. */
export function raw(status: number, headers: Record<string, string>, body: string): Reply {
  return (_request, response) => send(response, status, body, headers);
}

function completion(message: { content: string | null; refusal: string | null }, options: OkOptions): Reply {
  return (request, response) => {
    lastId += 1;
    const id = `chatcmpl-${lastId.toString().padStart(8, '0')}`;
    const body = {
      id,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1_000),
      model: options.model ?? request.body.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', annotations: [], ...message },
          logprobs: null,
          finish_reason: options.finishReason === undefined ? 'stop' : options.finishReason,
        },
      ],
      usage: usageOf(request, message.content ?? message.refusal ?? '', options),
      service_tier: 'default',
      system_fingerprint: 'fp_fake',
    };
    send(response, 200, JSON.stringify(body), {
      'content-type': 'application/json',
      'x-request-id': `req_${lastId.toString().padStart(8, '0')}`,
      ...options.headers,
    });
  };
}

function usageOf(request: ReceivedRequest, answer: string, { usage = {}, costUsd }: OkOptions): object {
  // About four characters to a token.
  const input = usage.input ?? Math.ceil(JSON.stringify(request.body.messages ?? '').length / 4);
  const output = usage.output ?? Math.ceil(answer.length / 4);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: usage.cached ?? 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning ?? 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    ...(costUsd === undefined ? {} : { cost: costUsd }),
  };
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string>): void {
  if (response.destroyed) return;
  response.writeHead(status, headers);
  response.end(body);
}
