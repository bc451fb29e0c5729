import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { isWorkError, type WorkError } from '../../../server/src/domain/work-error';
import type { GenerateRequest, ProviderConnection } from '../../../server/src/providers/provider';
import { startOpenAiServer, type FakeOpenAi } from '../../fakes/openai-server';

/** A key that no detail may hold. */
export const SECRET_KEY = 'sk-secret-0123456789abcdef';

/** A fake server for one test file: reset before each test, closed at the end. */
export function useFakeServer(): {
  current: () => FakeOpenAi;
  connection: (timeoutMs?: number) => ProviderConnection;
} {
  let server: FakeOpenAi | undefined;
  const current = () => {
    if (!server) throw new Error('The fake server has not started.');
    return server;
  };
  beforeAll(async () => {
    server = await startOpenAiServer();
  });
  beforeEach(() => {
    current().respond(null);
    current().respondModels(null);
    current().requireKey(null);
    current().setLatency(0);
    current().reset();
  });
  afterAll(() => server?.close());
  return {
    current,
    connection: (timeoutMs = 5_000) => ({ apiKey: SECRET_KEY, baseUrl: current().url, timeoutMs }),
  };
}

/** A plain request; `changes` come on top. */
export function requestOf(changes: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    model: 'fake-large',
    messages: [
      { role: 'system', content: 'You write for a bookshop.' },
      { role: 'user', content: 'Describe the chapter about the lighthouse.' },
    ],
    answer: null,
    ...changes,
  };
}

/** A shape that OpenAI's strict mode takes. */
export const STRICT_ANSWER = {
  name: 'fields',
  schema: {
    type: 'object',
    properties: {
      metaTitle: { type: 'string', maxLength: 60 },
      tone: { type: 'string', enum: ['warm', 'dry'] },
    },
    required: ['metaTitle', 'tone'],
    additionalProperties: false,
  },
};

/** The WorkError that a call ends with; fails the test where it succeeds, and where the error holds the key. */
export async function workErrorOf(call: Promise<unknown>): Promise<WorkError> {
  const error: unknown = await call.then(
    () => new Error('The call succeeded.'),
    (cause: unknown) => cause
  );
  if (!isWorkError(error)) throw error;
  expect(JSON.stringify([error.message, error.reason, error.stack, error.cause ?? null])).not.toContain(
    SECRET_KEY
  );
  return error;
}
