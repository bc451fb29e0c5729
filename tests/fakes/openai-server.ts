import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { composeAnswer } from './openai-compose';
import { delay, error, ok, raw, type ReceivedRequest, type Reply } from './openai-replies';

export * from './openai-replies';

/** Decides how a request is answered; `callIndex` counts the chat completions from 0. */
export type Script = (request: ReceivedRequest, callIndex: number) => Reply | Promise<Reply>;

/** A server of OpenAI's shape on loopback, in the process of the test. */
export interface FakeOpenAi {
  /** The base URL to configure, with `/v1`. */
  url: string;
  port: number;
  /** Chat completions received. */
  readonly calls: number;
  /** Chat completions at work now, and the most there were at once. */
  readonly active: number;
  readonly maxActive: number;
  /** Chat completions that the caller left before they were answered. */
  readonly aborted: number;
  /** Every chat completion received, in order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  readonly lastRequest: ReceivedRequest | undefined;
  /** Sets how chat completions are answered from now on; null: composed from the prompt. */
  respond(script: Script | null): void;
  /** Sets how `GET /models` is answered from now on; null: with the list. */
  respondModels(script: Script | null): void;
  setModels(ids: string[]): void;
  /** Every chat completion takes at least this long. */
  setLatency(latencyMs: number): void;
  /** Answers 401, as OpenAI does, to any other key; null: any key is fine. */
  requireKey(key: string | null): void;
  /** Resolves once `count` chat completions have arrived; rejects after `timeoutMs` (5 s). */
  waitForCalls(count: number, timeoutMs?: number): Promise<void>;
  /** Forgets requests and counters; the script stays. */
  reset(): void;
  /** Ends the server and all its connections, hanging ones too. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts a fake OpenAI on a free port (or `port`, to come back after an outage). Without a script it composes an answer that
 * satisfies the request's schema.
 */
export async function startOpenAiServer(script: Script | null = null, port = 0): Promise<FakeOpenAi> {
  let chatScript = script;
  let modelsScript: Script | null = null;
  let models = ['fake-large', 'fake-small'];
  let latencyMs = 0;
  let requiredKey: string | null = null;
  let requests: ReceivedRequest[] = [];
  let modelCalls = 0;
  let active = 0;
  let maxActive = 0;
  let aborted = 0;
  const waiting = new Set<() => void>();

  const answerChat = async (request: ReceivedRequest, response: ServerResponse) => {
    requests.push(request);
    active += 1;
    maxActive = Math.max(maxActive, active);
    response.once('close', () => {
      active -= 1;
      if (!response.writableFinished) aborted += 1;
    });
    waiting.forEach((check) => check());
    const reply = chatScript ? await chatScript(request, request.index) : ok(composeAnswer(request.body));
    await (latencyMs > 0 ? delay(latencyMs, reply) : reply)(request, response);
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    const isChat = incoming.method === 'POST' && path === '/v1/chat/completions';
    const isModels = incoming.method === 'GET' && path === '/v1/models';
    const request: ReceivedRequest = {
      method: incoming.method ?? 'GET',
      path,
      headers: incoming.headers,
      body: await readBody(incoming),
      index: isChat ? requests.length : modelCalls,
      receivedAt: Date.now(),
    };
    if (requiredKey !== null && incoming.headers.authorization !== `Bearer ${requiredKey}`) {
      await error(
        401,
        openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key')
      )(request, response);
    } else if (isChat) {
      await answerChat(request, response);
    } else if (isModels) {
      modelCalls += 1;
      const data = models.map((id) => ({ id, object: 'model', created: 1_750_000_000, owned_by: 'fake' }));
      const list = raw(200, { 'content-type': 'application/json' }, JSON.stringify({ object: 'list', data }));
      await (modelsScript ? await modelsScript(request, request.index) : list)(request, response);
    } else {
      const message = `Invalid URL (${request.method} ${path})`;
      await error(404, openAiError(message, 'invalid_request_error', null))(request, response);
    }
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((cause: unknown) => {
      // A fault in the test's own script: tell it to the caller, so that the test shows it.
      if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
      response.end(`fake server: ${String(cause)}`);
    });
  });
  const actualPort = await listen(server, port);

  return {
    url: `http://127.0.0.1:${actualPort}/v1`,
    port: actualPort,
    get calls() {
      return requests.length;
    },
    get active() {
      return active;
    },
    get maxActive() {
      return maxActive;
    },
    get aborted() {
      return aborted;
    },
    get requests() {
      return requests;
    },
    get lastRequest() {
      return requests.at(-1);
    },
    respond: (next) => {
      chatScript = next;
    },
    respondModels: (next) => {
      modelsScript = next;
    },
    setModels: (ids) => {
      models = ids;
    },
    setLatency: (next) => {
      latencyMs = next;
    },
    requireKey: (key) => {
      requiredKey = key;
    },
    waitForCalls: (count, timeoutMs = 5_000) =>
      new Promise<void>((resolve, reject) => {
        const settle = (done: () => void) => {
          waiting.delete(check);
          clearTimeout(timer);
          done();
        };
        const check = () => {
          if (requests.length >= count) settle(resolve);
        };
        const timer = setTimeout(() => {
          const message = `The fake AI server got ${requests.length} of ${count} calls within ${timeoutMs} ms.`;
          settle(() => reject(new Error(message)));
        }, timeoutMs);
        waiting.add(check);
        check();
      }),
    reset: () => {
      requests = [];
      modelCalls = 0;
      maxActive = active;
      aborted = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** OpenAI's error body. */
export function openAiError(
  message: string,
  type: string,
  code: string | null,
  param: string | null = null
): object {
  return { error: { message, type, param, code } };
}

async function readBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  if (chunks.length === 0) return {};
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string')
        reject(new Error('The fake AI server has no port.'));
      else resolve(address.port);
    });
  });
}

/** What a request holds of a chat. */
export const messagesOf = (request: ReceivedRequest | undefined): { role: string; content: string }[] =>
  request?.body.messages as { role: string; content: string }[];
export const userText = (request: ReceivedRequest | undefined): string =>
  messagesOf(request).find(({ role }) => role === 'user')?.content ?? '';
export const systemText = (request: ReceivedRequest | undefined): string | undefined =>
  messagesOf(request).find(({ role }) => role === 'system')?.content;
