import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkError } from '../../server/src/domain/work-error';
import type { ProviderLimits } from '../../server/src/queue/message-queue';
import { createProviderHealth } from '../../server/src/services/provider-health';

const JOB = 7;
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function health() {
  let until = 0;
  const limits = {
    block: (_name: string, at: number) => Promise.resolve(void (until = at)),
    blockedUntil: () => Promise.resolve(until),
  } as Partial<ProviderLimits> as ProviderLimits;
  const known = createProviderHealth(() => limits, 10);
  const fails = () =>
    known.failed('openai', 'OpenAI', new WorkError('provider_unavailable', {}, { trouble: 'outage' }));
  return { known, fails };
}

/** Failures every two minutes until the provider counts as down. */
async function untilDown({ known, fails }: ReturnType<typeof health>): Promise<void> {
  for (let minutes = 0; minutes <= 12; minutes += 2) {
    known.heed('openai', JOB, 0);
    const last = await fails();
    if (last.reason.code === 'provider_down') return;
    vi.advanceTimersByTime(2 * MINUTE);
  }
  throw new Error('It never counted as down.');
}

test('a job that was resumed, in whichever process, begins anew with its provider', async () => {
  const provider = health();
  await untilDown(provider);
  provider.known.heed('openai', JOB, 1);
  expect(await provider.fails()).toMatchObject({ reason: { code: 'provider_unavailable' } });
});

test('one that was not resumed does not make a provider well', async () => {
  const provider = health();
  await untilDown(provider);
  provider.known.heed('openai', JOB, 0);
  provider.known.heed('openai', JOB + 1, 3);
  expect(await provider.fails()).toMatchObject({ reason: { code: 'provider_down' } });
});
