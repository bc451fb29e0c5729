import { expect, test } from 'vitest';
import { bySetUp } from '../../../admin/src/components/provider-order';
import type { ProviderView } from '../../../server/src/contracts';

const provider = (name: string, more: Partial<ProviderView>): ProviderView => ({
  name,
  label: name,
  ready: true,
  answers: null,
  reason: null,
  needsKey: false,
  keySource: 'none',
  keyLastFour: null,
  baseUrl: null,
  baseUrlSource: 'default',
  defaultModel: null,
  structuredOutput: 'json_schema',
  maxParallel: 20,
  requestsPerMinute: null,
  tokensPerMinute: null,
  blockedUntil: null,
  ...more,
});

test('what somebody has set up comes before what only runs, that before what is silent, and that before what is not ready', () => {
  const providers = [
    provider('no key', { ready: false, needsKey: true }),
    provider('silent', { answers: false }),
    provider('local', { answers: true }),
    provider('with a key', { keySource: 'settings' }),
    provider('with an address', { baseUrlSource: 'environment' }),
    provider('with a model', { keySource: 'environment', defaultModel: 'm' }),
  ];
  expect(bySetUp(providers).map(({ name }) => name)).toEqual([
    'with a model',
    'with a key',
    'with an address',
    'local',
    'silent',
    'no key',
  ]);
});
