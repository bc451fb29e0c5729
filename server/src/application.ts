import { hostname } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { invalidConfig, resolveConfig, type PluginConfig } from './config';
import { insistOnKnownNames } from './config/known-names';
import { schemaLookup } from './entries/documents';
import { createEntryPermissions } from './entries/permissions';
import { createEntryReader } from './entries/reader';
import { createEntrySelections } from './entries/selections';
import { createEntryWriter } from './entries/writer';
import { createJobTypeRegistry, type JobTypeRegistry } from './job-types/registry';
import { PLUGIN_ID } from './plugin-id';
import { createProviderRegistry, type ProviderRegistry } from './providers/registry';
import { chooseBackend, createQueueFor, lackingFor } from './queue/choose-backend';
import { QUEUE_NAMES, type MessageQueue } from './queue/message-queue';
import { endWithin } from './queue/within';
import { createWorkerWatch } from './queue/worker-watch';
import { createAnswerReader } from './services/answer-reader';
import { createContentTypeService } from './services/content-types';
import { createEngine } from './services/engine';
import { createGenerationService } from './services/generation';
import { createItemContexts } from './services/item-context';
import { createSampleContexts } from './services/sample-context';
import { createJobActions } from './services/job-actions';
import { createJobCreation } from './services/job-creation';
import { createJobPreparation } from './services/job-preparation';
import { createJobRemoval } from './services/job-removal';
import { createJobSampling } from './services/job-sampling';
import { createJobSights } from './services/job-sight';
import { createJobViews } from './services/job-views';
import { createListingService } from './services/listing';
import { createPromptService } from './services/prompts';
import { createProviderService } from './services/providers';
import { createQueueService } from './services/queue';
import { createRunLimits } from './services/run-limits';
import { createSettingsService } from './services/settings';
import { createSettingsPage } from './services/settings-page';
import {
  WorkerRefusedError,
  workerOrder,
  type StartedWorker,
  type Workload,
} from './services/worker-process';
import { createStore } from './store/store';
import { pluginVersion } from './version';

const RETENTION_EVERY_MS = 3_600_000;
/** How soon a process follows what was changed on the Settings page of another; milliseconds. */
const FOLLOW_SETTINGS_EVERY_MS = 5_000;
/** How soon what a killed process has left of deleted jobs is removed by another one; milliseconds. */
const SWEEP_EVERY_MS = 5_000;
/** How long a stopping process waits for a chunk of them to be removed, at most; milliseconds. */
const REMOVAL_ENDS_MS = 1_000;

/** What exists before the database does: where other plugins and the project register their own. */
export interface Registries {
  jobTypes: JobTypeRegistry;
  providers: ProviderRegistry;
}

export function createRegistries(): Registries {
  return { jobTypes: createJobTypeRegistry(), providers: createProviderRegistry() };
}

export type Application = ReturnType<typeof createApplication>;

/** Puts the plugin together; starts nothing. @throws where the configuration names what does not exist, or lacks what it needs */
export function createApplication(strapi: Core.Strapi, registries: Registries) {
  const config = resolveConfig(
    (strapi.config.get(`plugin::${PLUGIN_ID}`) ?? {}) as PluginConfig,
    process.env
  );
  insistOnKnownNames(config, {
    providers: registries.providers.names(),
    jobTypes: registries.jobTypes.list().map((type) => type.name),
  });
  const choice = chooseBackend(config, strapi.db.config.connection);
  const lacking = lackingFor(choice, config, strapi.db.config.connection);
  if (lacking) throw new Error(invalidConfig([lacking]));
  const workload: Workload = workerOrder(strapi) ?? {
    kind: 'server',
    queues: config.workers.inProcess ? QUEUE_NAMES : [],
    concurrency: null,
  };
  const lookup = schemaLookup(strapi);
  const store = createStore(strapi, config);
  const settings = createSettingsService(strapi);
  let queue: MessageQueue | null = null;
  const queueOf = (): MessageQueue =>
    (queue ??= createQueueFor(choice, {
      config,
      strapiConnection: strapi.db.config.connection,
      projectDirectory: strapi.dirs.app.root,
      preparedDirectory: path.resolve(__dirname, '..', 'embedded', 'data.tar.gz'),
      logger: strapi.log,
    }));

  const permissions = createEntryPermissions(strapi);
  const reader = createEntryReader(strapi, store.entryRows);
  const writer = createEntryWriter(strapi, store.database, store.entryRows, permissions, store.claims);
  const selections = createEntrySelections(strapi, store.entryRows, permissions);
  const providers = createProviderService({
    registry: registries.providers,
    settings,
    config,
    environment: process.env,
    queue: queueOf,
    store,
  });
  const generation = createGenerationService({ providers, store, queue: queueOf, config });
  const answers = createAnswerReader(path.resolve(__dirname, 'answer-thread.js'));
  const contexts = createItemContexts({ store, reader, writer, permissions, generation, answers, lookup });
  const contentTypes = createContentTypeService(strapi, { store, lookup, permissions });
  const prompts = createPromptService(strapi, { store, lookup, reader, permissions });
  const limitsOf = createRunLimits(config, settings);
  const sights = createJobSights({ lookup, permissions });
  const views = createJobViews({ store, lookup, sights });
  const listing = createListingService({
    store,
    selections,
    permissions,
    jobTypes: registries.jobTypes,
    onListed: (job) => engine.onListed(job),
    giveUpAfterMs: config.pauseAfterMinutesDown * 60_000,
    logger: strapi.log,
  });
  const workers = createWorkerWatch(() => store.workers.list());
  const engine = createEngine({
    owner: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
    workload,
    version: pluginVersion(),
    store,
    queue: queueOf,
    workers,
    config,
    jobTypes: registries.jobTypes,
    contexts,
    listing,
    limitsOf,
    logger: strapi.log,
  });
  const preparation = createJobPreparation({
    lookup,
    jobTypes: registries.jobTypes,
    permissions,
    contentTypes,
    prompts,
    providers,
    settings,
  });
  const sampling = createJobSampling({
    selections,
    preparation,
    contextFor: createSampleContexts({ reader, permissions, generation, answers, lookup }),
    limitsOf,
    mayReadPath: (person, contentType, path) => permissions.mayReadPath(person, contentType, path, lookup),
  });
  const creation = createJobCreation({
    store,
    lookup,
    jobTypes: registries.jobTypes,
    selections,
    prompts,
    preparation,
    onCreated: () => engine.nudge(),
  });
  const removal = createJobRemoval({ store, logger: strapi.log });
  const actions = createJobActions({
    store,
    creation,
    removal,
    sights,
    nudge: () => engine.nudge(),
    heed: (jobKey, status) => engine.heed(jobKey, status),
    forgiveProvider: (name) => forgiveProvider(name),
  });
  const queueService = createQueueService({
    store,
    queue: queueOf,
    workers,
    chosenBecause: choice.because,
    config,
  });

  const forgiveProvider = (name: string): void => {
    generation.forgive(name);
    void queueOf()
      .limits.unblock(name)
      .catch(() => undefined);
  };
  const settingsPage = createSettingsPage(strapi, {
    settings,
    providers,
    jobTypes: registries.jobTypes,
    limitsOf,
    engine,
  });
  const timers: NodeJS.Timeout[] = [];
  let closing = false;

  const deleteOldJobs = async (): Promise<void> => {
    const { deleteJobsAfterDays } = (await settings.read()).retention;
    if (deleteJobsAfterDays) await actions.clean(deleteJobsAfterDays, null);
  };

  const complain = (what: string) => (error: unknown) =>
    strapi.log.warn(`AI Jobs: ${what}: ${error instanceof Error ? error.message : String(error)}`);

  const every = (milliseconds: number, what: string, work: () => Promise<void>): void => {
    const timer = setInterval(() => void work().catch(complain(what)), milliseconds);
    timer.unref();
    timers.push(timer);
  };

  const followSettings = async (): Promise<void> => {
    await settings.read();
    engine.applySettings();
  };

  return {
    config,
    registries,
    store,
    settings,
    settingsPage,
    providers,
    contentTypes,
    prompts,
    views,
    creation,
    sampling,
    actions,
    queueService,
    forgiveProvider,

    /** The server listens, or a worker process is to begin: work begins. The embedded queue waits until there is something to do. */
    open(): void {
      const goOn = async (): Promise<void> => {
        await settings.read();
        const unfinished = await store.jobs.findByStatus(['pending', 'processing', 'cancelled'], {
          $or: [
            { status: { $ne: 'cancelled' } },
            { countPending: { $gt: 0 } },
            { countProcessing: { $gt: 0 } },
          ],
        });
        if (closing) return;
        engine.open({ startNow: choice.backend !== 'embedded' || unfinished.length > 0 });
      };
      goOn().catch((error: unknown) => {
        strapi.log.error(
          `AI Jobs could not look for unfinished work, and begins all the same: ${error instanceof Error ? error.message : String(error)}`
        );
        // From here on, what fails is tried again.
        if (!closing) engine.open({ startNow: true });
      });
      void removal.sweep();
      every(SWEEP_EVERY_MS, 'removing deleted jobs failed', removal.sweep);
      every(RETENTION_EVERY_MS, 'deleting old jobs failed', deleteOldJobs);
      every(FOLLOW_SETTINGS_EVERY_MS, 'reading the settings failed and is tried again', followSettings);
    },

    /** Begins to work in a process that `ai-jobs worker` has started. @throws WorkerRefusedError where there is nothing to work on */
    async openWorker(): Promise<StartedWorker> {
      await settings.read();
      const queues = engine.workingOn();
      if (queues.length === 0) {
        const inUse = [...new Set(registries.jobTypes.list().map((type) => type.queue))];
        throw new WorkerRefusedError(
          `No job type of this project uses the queue ${workload.queues.map((name) => `"${name}"`).join(' or ')}. In use: ${inUse.join(', ')}.`
        );
      }
      this.open();
      return { backend: choice.backend, queues, shutdownGraceMs: config.workers.shutdownGraceMs };
    },

    /** Ends what is in hand, or hands it back: how many items that was. */
    async close(): Promise<{ handedBack: number }> {
      closing = true;
      for (const timer of timers) clearInterval(timer);
      const removed = removal.stop();
      const stopped = await engine.stop();
      await endWithin(REMOVAL_ENDS_MS, removed);
      await answers.close();
      return stopped;
    },
  };
}
