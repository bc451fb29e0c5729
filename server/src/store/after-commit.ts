import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';

type AfterCommit = () => unknown;
interface TransactionParts {
  onCommit(callback: AfterCommit): void;
}
type TransactionWork = (parts: TransactionParts) => unknown;

/**
 * When an entry is written, Strapi reads it again after the commit to tell others of it (`entry.update`), and awaits that nowhere
 * (@strapi/core, document-service/events.js): a connection that is lost at that moment would end the whole process. Of the
 * transactions that are run through what this gives, such a failure is logged instead; all others stay as they are.
 */
export function createAfterCommitGuard(strapi: Core.Strapi): <Result>(run: () => Result) => Result {
  const guarded = new AsyncLocalStorage<true>();
  const begin: (work?: TransactionWork) => unknown = strapi.db.transaction.bind(strapi.db);
  const heeded = (callback: AfterCommit) => async (): Promise<void> => {
    try {
      await callback();
    } catch (error) {
      strapi.log.warn(
        `AI Jobs: an entry was written, but what follows a writing failed, such as a webhook: ${error instanceof Error ? error.message : String(error)}`
      );
    }
  };
  Object.defineProperty(strapi.db, 'transaction', {
    configurable: true,
    writable: true,
    value: (work?: TransactionWork) =>
      work && guarded.getStore()
        ? begin((parts) => work({ ...parts, onCommit: (callback) => parts.onCommit(heeded(callback)) }))
        : begin(work),
  });
  return (run) => guarded.run(true, run);
}
