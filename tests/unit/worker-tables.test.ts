import { expect, test } from 'vitest';
import { waitForTables } from '../../server/src/services/worker-tables';
import type { TablesThere } from '../../server/src/store/tables-there';

/** Looks at one state after the other; the last one stays. */
async function wait(waitMs: number, ...states: TablesThere[]): Promise<{ said: string[] }> {
  const said: string[] = [];
  const note = (message: string): void => void said.push(message);
  const read = (): Promise<TablesThere> => {
    const [state] = states.length > 1 ? states.splice(0, 1) : states;
    return state ? Promise.resolve(state) : Promise.reject(new Error('No state was given.'));
  };
  await waitForTables(read, { info: note, warn: note }, { waitMs, lookEveryMs: 5 });
  return { said };
}

test('tables of the same code: nothing to say', async () => {
  expect(await wait(10_000, { same: true, missing: [] })).toEqual({ said: [] });
});

test('tables of another version that hold all that is needed: it begins, and says so', async () => {
  const { said } = await wait(10_000, { same: false, missing: [] });
  expect(said).toEqual([expect.stringContaining('made by another version')]);
});

test('what a starting server makes meanwhile is waited for', async () => {
  const { said } = await wait(
    10_000,
    { same: false, missing: ['posts'] },
    { same: false, missing: ['posts.summary'] },
    { same: true, missing: [] }
  );
  expect(said).toEqual([expect.stringContaining('(posts); this worker waits')]);
});

test('what stays missing is named', async () => {
  const missing = ['a', 'b.c', 'd', 'e', 'f', 'g', 'h'];
  await expect(wait(30, { same: false, missing })).rejects.toMatchObject({
    name: 'WorkerRefusedError',
    message:
      'The database lacks what this version of the project needs (a, b.c, d, e, f and 2 more). A worker changes no tables: start the server with this version first.',
  });
});
