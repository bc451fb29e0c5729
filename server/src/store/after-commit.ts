import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { readAnnouncedTogether } from './announced-entries';

type InTransaction = Parameters<Core.Strapi['db']['transaction']>[0];

/**
 * After a commit Strapi reads the entry once more for its events and webhooks, and nobody waits for that reading: if the database
 * goes away in just that moment, the rejection ends the whole process. In what the engine writes it is noted in the log instead.
 * @returns runs work whose transactions are treated so
 */
export function guardAfterCommit(strapi: Core.Strapi): <Result>(work: () => Result) => Result {
  const engine = new AsyncLocalStorage<true>();
  const transaction = strapi.db.transaction.bind(strapi.db);
  const together = readAnnouncedTogether(strapi);

  const note = (error: unknown): void => {
    strapi.log.warn(
      `AI Jobs: an entry was written, but Strapi could not announce it to its events and webhooks: ${error instanceof Error ? error.message : String(error)}`
    );
  };
  const guarded = (afterCommit: () => unknown) => (): void => {
    try {
      Promise.resolve(together(afterCommit)).catch(note);
    } catch (error) {
      note(error);
    }
  };
  const transactionOf = (work?: InTransaction): Promise<unknown> => {
    if (!work) return transaction();
    if (!engine.getStore()) return transaction(work);
    return transaction((parameters) =>
      work({
        ...parameters,
        onCommit: (afterCommit: () => unknown) => parameters.onCommit(guarded(afterCommit)),
      })
    );
  };
  Object.defineProperty(strapi.db, 'transaction', {
    value: transactionOf,
    configurable: true,
    writable: true,
  });

  return (work) => engine.run(true, work);
}
