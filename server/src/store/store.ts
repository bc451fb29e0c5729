import type { Core } from '@strapi/strapi';
import { createClaimStore } from './claims';
import { createDatabase } from './database';
import { createDeletionStore } from './deletions';
import { createEmptyFieldsStore } from './empty-fields';
import { createEntryRows } from './entry-rows';
import { createEventStore } from './events';
import { createItemPageStore } from './item-pages';
import { createItemStore } from './items';
import { createListingStore } from './listing';
import { createJobStore } from './jobs';
import { createPromptStore } from './prompts';
import { createReachable } from './reachable';
import { createReplyStore } from './replies';
import { createRetryStore } from './retries';
import { createTakeoverStore } from './takeovers';
import { createWindowStore } from './window';
import { createWorkerStore } from './workers';

export type Store = ReturnType<typeof createStore>;

/** Everything that is kept in the database, by what it is about. */
export function createStore(strapi: Core.Strapi, { leaseMs }: { leaseMs: number }) {
  const database = createDatabase(strapi, { leaseMs });
  const events = createEventStore(database);
  const jobs = createJobStore(strapi, database, events);
  return {
    database,
    ...createReachable(strapi),
    jobs,
    deletions: createDeletionStore(strapi, database, jobs),
    items: createItemStore(database, jobs),
    itemPages: createItemPageStore(database),
    retries: createRetryStore(database, jobs),
    listing: createListingStore(database, jobs),
    claims: createClaimStore(database, jobs),
    takeovers: createTakeoverStore(database, jobs),
    window: createWindowStore(database),
    prompts: createPromptStore(strapi),
    replies: createReplyStore(database),
    events,
    workers: createWorkerStore(database),
    entryRows: createEntryRows(strapi, database),
    emptyFields: createEmptyFieldsStore(strapi, database),
  };
}
