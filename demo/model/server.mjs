import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { composeAnswer } from './compose.mjs';

export const DEMO_MODEL = 'demo-model';
export const DEMO_MODEL_LABEL = 'Demo model (no AI)';

const MAX_BODY_BYTES = 5_000_000;
const CHARACTERS_PER_TOKEN = 4;

class RequestError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function readJson(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new RequestError(413, 'request_too_large', 'The request is larger than 5 MB.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RequestError(400, 'invalid_json', 'The body is not JSON.');
  }
}

const tokensIn = (text) => Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN));

function complete(body) {
  if (body.model !== DEMO_MODEL) {
    throw new RequestError(
      404,
      'model_not_found',
      `The model "${body.model}" does not exist; there is "${DEMO_MODEL}".`
    );
  }
  if (body.stream) throw new RequestError(400, 'unsupported_parameter', 'stream is not supported.');
  const text = composeAnswer(body);
  const mostTokens = body.max_completion_tokens ?? body.max_tokens ?? Infinity;
  const isCut = tokensIn(text) > mostTokens;
  const content = isCut ? text.slice(0, mostTokens * CHARACTERS_PER_TOKEN) : text;
  const usage = {
    prompt_tokens: tokensIn(JSON.stringify(body.messages ?? [])),
    completion_tokens: tokensIn(content),
  };
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model: DEMO_MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        finish_reason: isCut ? 'length' : 'stop',
      },
    ],
    usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
  };
}

async function answer(request, latencyMs) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (request.method === 'GET' && pathname === '/v1/models') {
    const model = {
      id: DEMO_MODEL,
      name: DEMO_MODEL_LABEL,
      object: 'model',
      created: 0,
      owned_by: 'bookshop',
    };
    return { object: 'list', data: [model] };
  }
  if (request.method === 'POST' && pathname === '/v1/chat/completions') {
    const body = await readJson(request);
    await wait(latencyMs * (0.7 + 0.6 * Math.random()));
    return complete(body);
  }
  throw new RequestError(404, 'not_found', `There is no ${request.method} ${pathname} here.`);
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': `req_${randomUUID()}` });
  response.end(JSON.stringify(body));
}

/**
 * Starts the demo's stand-in for an AI: an OpenAI-shaped server on loopback. `port` 0: a free one; `latencyMs`: how long an
 * answer takes, give or take a third. Resolves to its address (`baseUrl`, with /v1) and a function that closes it.
 */
export async function startDemoModel({ port = 0, latencyMs = 300 } = {}) {
  const server = createServer((request, response) => {
    answer(request, latencyMs).then(
      (body) => send(response, 200, body),
      (error) => {
        const status = error instanceof RequestError ? error.status : 500;
        const type = status < 500 ? 'invalid_request_error' : 'server_error';
        send(response, status, {
          error: { message: error.message, type, param: null, code: error.code ?? null },
        });
      }
    );
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
