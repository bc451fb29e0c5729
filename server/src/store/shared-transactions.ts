import { createBatcher } from '../domain/batcher';
import type { Transaction } from './database';

export type Work<Result> = (transaction: Transaction) => Promise<Result>;

type Done<Output> = { output: Output } | { thrown: unknown };

/** In one transaction of SQLite: while it lasts, its one connection serves nobody else. */
const MOST_INPUTS = 8;
const MOST_WORKS = 8;

function createGroups<Input, Output>(
  most: number,
  inTransaction: (work: Work<Output[]>) => Promise<Output[]>,
  run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
): (input: Input) => Promise<Output> {
  const together = async (inputs: Input[]): Promise<Done<Output>[]> => {
    const outputs = await inTransaction((transaction) => run(inputs, transaction));
    return outputs.map((output) => ({ output }));
  };
  const eachAlone = async (inputs: Input[]): Promise<Done<Output>[]> => {
    const done: Done<Output>[] = [];
    for (const input of inputs)
      done.push(...(await together([input]).catch((thrown: unknown) => [{ thrown }])));
    return done;
  };
  const groups = createBatcher<Input, Done<Output>>({
    waitMs: 1,
    mostKeys: most,
    serial: most > 1,
    run: (inputs) =>
      inputs.length === 1 ? eachAlone(inputs) : together(inputs).catch(() => eachAlone(inputs)),
  });
  return async (input) => {
    const done = await groups.load(input);
    if ('thrown' in done) throw done.thrown;
    return done.output;
  };
}

/**
 * Transactions that share a commit, which is most of what a small writing costs SQLite. Databases with many writers do
 * everything in a transaction of its own.
 */
export function createSharedTransactions(
  inTransaction: <Result>(work: Work<Result>) => Promise<Result>,
  options: { oneWriter: boolean; detached<Result>(work: () => Result): Result }
) {
  const sharing = createGroups<Work<unknown>, unknown>(
    MOST_WORKS,
    inTransaction,
    async (works, transaction) => {
      const results: unknown[] = [];
      for (const work of works) results.push(await work(transaction));
      return results;
    }
  );
  const shared = async <Result>(work: Work<Result>): Promise<Result> => {
    if (!options.oneWriter) return options.detached(() => inTransaction(work));
    let result: { value: Result } | undefined;
    await options.detached(() =>
      sharing(async (transaction) => {
        result = { value: await work(transaction) };
      })
    );
    if (!result) throw new Error('A shared transaction ended without its work.');
    return result.value;
  };
  return {
    shared,
    grouped: <Input, Output>(run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>) =>
      createGroups<Input, Output>(options.oneWriter ? MOST_INPUTS : 1, shared, run),
  };
}
