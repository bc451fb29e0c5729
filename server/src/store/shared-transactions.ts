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

interface GroupOptions {
  /** Inputs in one transaction. */
  most: number;
  atOnce: number;
  /** Where the database has one writer, those of a failed group are done one after the other before the next group begins. */
  oneWriter: boolean;
}

function createGroups<Input, Output>(
  options: GroupOptions,
  inTransaction: {
    alone(work: Work<Output[]>): Promise<Output[]>;
    together(work: Work<Output[]>): Promise<Output[]>;
  },
  run: (inputs: Input[], transaction: Transaction) => Promise<Output[]>
): (input: Input, waitMs?: number) => Promise<Output> {
  const alone = async (input: Input): Promise<Done<Output>> => {
    try {
      const [output] = await inTransaction.alone((transaction) => run([input], transaction));
      return { output: output as Output };
    } catch (thrown) {
      return { thrown };
    }
  };
  /** What a group has left over, because it failed or took long, is done by each alone. */
  const together = async (inputs: Input[]): Promise<(Done<Output> | null)[]> => {
    const outputs = await inTransaction.together((transaction) => run(inputs, transaction)).catch(() => []);
    return inputs.map((_input, position) =>
      position < outputs.length ? { output: outputs[position] as Output } : null
    );
  };
  const groups = createBatcher<Input, Done<Output> | null>({
    waitMs: 1,
    mostKeys: options.most,
    atOnce: options.atOnce,
    async run(inputs) {
      const done = inputs.length === 1 ? [null] : await together(inputs);
      if (!options.oneWriter) return done;
      const all: Done<Output>[] = [];
      for (const [position, input] of inputs.entries()) all.push(done[position] ?? (await alone(input)));
      return all;
    },
  });
  return async (input, waitMs) => {
    const done = (await groups.load(input, waitMs)) ?? (await alone(input));
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
    { most: MOST_WORKS, atOnce: 1, oneWriter },
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
        {
          most: options.client === 'mysql' ? 1 : MOST_INPUTS,
          atOnce: oneWriter ? 1 : GROUPS_AT_ONCE,
          oneWriter,
        },
        // Those that cannot be had at once are better waited for one by one.
        { alone: shared, together: oneWriter ? shared : (work) => options.detached(() => once(work)) },
        run
      ),
  };
}
