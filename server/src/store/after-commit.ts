import type { Core } from '@strapi/strapi';
import { readAnnouncedTogether } from './announced-entries';
import { isOfConnection } from './database-trouble';

type InTransaction = Parameters<Core.Strapi['db']['transaction']>[0];

/**
 * After a commit Strapi reads the entry once more for its events and webhooks, also where the commit failed. And nobody waits for
 * that reading: if the database goes away in just that moment, the rejection ends the whole process. Of what the engine writes,
 * nothing is announced that the database refused to commit, a rejection is noted in the log instead, and entries are read together.
 * @returns takes a transaction for one of the engine's
 */
export function guardAfterCommit(strapi: Core.Strapi): (transaction: object) => void {
  const ofEngine = new WeakSet<object>();
  const transaction = strapi.db.transaction.bind(strapi.db);
  const together = readAnnouncedTogether(strapi);

  const note = (error: unknown): void => {
    strapi.log.warn(
      `AI Jobs: an entry was written, but Strapi could not announce it to its events and webhooks: ${error instanceof Error ? error.message : String(error)}`
    );
  };
  const announce = async (afterCommit: () => unknown): Promise<void> => {
    try {
      await together(afterCommit);
    } catch (error) {
      note(error);
    }
  };
  const guarded = (committed: Promise<unknown>, afterCommit: () => unknown) => (): void => {
    void committed.then(
      () => announce(afterCommit),
      // It may have been committed where only the answer was lost: then the entry is announced as it stands.
      (error: unknown) => (isOfConnection(error) ? announce(afterCommit) : undefined)
    );
  };
  const transactionOf = (work?: InTransaction): Promise<unknown> => {
    if (!work) return transaction();
    return transaction((parameters) =>
      work(
        ofEngine.has(parameters.trx)
          ? {
              ...parameters,
              onCommit: (afterCommit: () => unknown) =>
                parameters.onCommit(guarded(parameters.trx.executionPromise, afterCommit)),
            }
          : parameters
      )
    );
  };
  Object.defineProperty(strapi.db, 'transaction', {
    value: transactionOf,
    configurable: true,
    writable: true,
  });

  return (started) => void ofEngine.add(started);
}
