import { createBatcher } from '../domain/batcher';
import type { Transaction } from './database';

export type Work<Result> = (transaction: Transaction) => Promise<Result>;

type InTransaction = <Result>(work: Work<Result>) => Promise<Result>;

type Done<Output> = { output: Output } | { thrown: unknown };

/** In one transaction: while it lasts, nobody else changes what it holds, and the one connection of SQLite serves nobody else. */
const MOST_INPUTS = 8;
const MOST_WORKS = 8;
/** Transactions at once where the database has many writers: others want its connections, too. */
const GROUPS_AT_ONCE = 3;

function createGroups<Input, Output>(
  limits: { most: number; atOnce: number },
  inTransaction: {
    alone(work: Work<Output[]>): Promise<Output[]>;
    together(work: Work<Output[]>): Promise<Output[]>;
  },
  run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
): (input: Input, waitMs?: number) => Promise<Output> {
  const together = async (inputs: Input[]): Promise<Done<Output>[]> => {
    const within = inputs.length === 1 ? inTransaction.alone : inTransaction.together;
    const outputs = await within((transaction) => run(inputs, transaction));
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
    mostKeys: limits.most,
    atOnce: limits.atOnce,
    run: (inputs) =>
      inputs.length === 1 ? eachAlone(inputs) : together(inputs).catch(() => eachAlone(inputs)),
  });
  return async (input, waitMs) => {
    const done = await groups.load(input, waitMs);
    if ('thrown' in done) throw done.thrown;
    return done.output;
  };
}

/**
 * Transactions that share a commit, which is most of what a small writing costs SQLite. Elsewhere, only what is gathered to be
 * done in groups shares one; on MySQL and MariaDB, which end one of two transactions that wait for each other, nothing does.
 */
export function createSharedTransactions(
  inTransaction: InTransaction,
  once: InTransaction,
  options: { client: 'sqlite' | 'postgres' | 'mysql'; detached<Result>(work: () => Result): Result }
) {
  const oneWriter = options.client === 'sqlite';
  const sharing = createGroups<Work<unknown>, unknown>(
    { most: MOST_WORKS, atOnce: 1 },
    { alone: inTransaction, together: inTransaction },
    async (works, transaction) => {
      const results: unknown[] = [];
      for (const work of works) results.push(await work(transaction));
      return results;
    }
  );
  const shared = async <Result>(work: Work<Result>): Promise<Result> => {
    if (!oneWriter) return options.detached(() => inTransaction(work));
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
      createGroups<Input, Output>(
        options.client === 'mysql'
          ? { most: 1, atOnce: Infinity }
          : { most: MOST_INPUTS, atOnce: oneWriter ? 1 : GROUPS_AT_ONCE },
        // Those that cannot be had at once are better waited for one by one.
        { alone: shared, together: oneWriter ? shared : (work) => options.detached(() => once(work)) },
        run
      ),
  };
}
