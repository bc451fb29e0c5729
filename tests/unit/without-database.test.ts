import type { Context } from 'koa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withoutDatabase } from '../../server/src/controllers/without-database';
import { isOfConnection } from '../../server/src/store/database-trouble';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const context = (): Context => ({ path: '/ai-jobs/jobs' }) as unknown as Context;

/** What is asked of the database, and answered when the test says so. */
function createQuestions() {
  const open: ((reachable: boolean) => void)[] = [];
  let asked = 0;
  return {
    isReachable: (): Promise<boolean> => {
      asked += 1;
      return new Promise((resolve) => void open.push(resolve));
    },
    answer: (): void => open.splice(0).forEach((resolve) => resolve(true)),
    asked: (): number => asked,
  };
}

test('a request that ends while the database is being asked asks no further', async () => {
  const questions = createQuestions();
  let end = (): void => undefined;
  const handled = withoutDatabase(questions.isReachable, isOfConnection)(
    context(),
    () => new Promise<void>((resolve) => (end = resolve))
  );
  await vi.advanceTimersByTimeAsync(1_000);
  expect(questions.asked()).toBe(1);
  end();
  await handled;
  questions.answer();
  for (let second = 0; second < 10; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    questions.answer();
  }
  expect(questions.asked()).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('a long request asks again and again, and leaves neither timers nor listeners behind', async () => {
  const listening = vi.spyOn(AbortSignal.prototype, 'addEventListener');
  const leaving = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
  let asked = 0;
  let end = (): void => undefined;
  const handled = withoutDatabase(() => Promise.resolve((asked += 1) > 0), isOfConnection)(
    context(),
    () => new Promise<void>((resolve) => (end = resolve))
  );
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toBe(6);
  expect(listening.mock.calls.length - leaving.mock.calls.length).toBeLessThanOrEqual(1);
  end();
  await handled;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toBe(6);
  expect(vi.getTimerCount()).toBe(0);
  listening.mockRestore();
  leaving.mockRestore();
});

test('a request whose connection was cut off is told so, though the database answers; any other error is passed on', async () => {
  const handle = withoutDatabase(() => Promise.resolve(true), isOfConnection);
  const cutOff = context();
  await handle(cutOff, () => Promise.reject(new Error('select 1 - Connection terminated unexpectedly')));
  expect(cutOff.status).toBe(503);
  expect(cutOff.body).toMatchObject({ error: { details: { code: 'database_away' } } });

  const other = new Error('select 1 - there is no such column');
  await expect(handle(context(), () => Promise.reject(other))).rejects.toBe(other);
});
