import { expect, it } from 'vitest';
import { createOpenAiCompatibleProvider } from '../../../server/src/providers/openai-compatible';
import { openAiPreset } from '../../../server/src/providers/presets';
import { hang, ok, startOpenAiServer } from '../../fakes/openai-server';
import { requestOf, useFakeServer, workErrorOf } from './harness';

const server = useFakeServer();
const never = new AbortController().signal;
const openai = createOpenAiCompatibleProvider(openAiPreset);
const generate = () => openai.generate(server.connection(), requestOf(), never);

it('counts calls and how many there were at once', async () => {
  server.current().setLatency(50);
  const calls = Promise.all([generate(), generate(), generate()]);
  await server.current().waitForCalls(3);
  await calls;
  await generate();
  expect(server.current()).toMatchObject({ calls: 4, maxActive: 3, aborted: 0 });
  expect(server.current().requests.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
});

it('answers by the index of the call', async () => {
  server.current().respond((_request, index) => ok(`answer ${index}`));
  expect([(await generate()).text, (await generate()).text]).toEqual(['answer 0', 'answer 1']);
});

it('says which calls did not come', async () => {
  await expect(server.current().waitForCalls(1, 20)).rejects.toThrow('got 0 of 1 calls within 20 ms');
});

it('closes hanging connections, and comes back on the same port', async () => {
  const other = await startOpenAiServer(() => hang());
  const connection = { ...server.connection(), baseUrl: other.url };
  const failure = workErrorOf(openai.generate(connection, requestOf(), never));
  await other.waitForCalls(1);
  await other.close();
  await other.close();
  expect((await failure).reason.code).toBe('provider_unreachable');
  const again = await startOpenAiServer(null, other.port);
  expect((await openai.generate(connection, requestOf(), never)).text).toContain('lighthouse');
  await again.close();
});
