import type { ListItemsQuery } from '../contracts/item';
import type { JobAction, ListJobsQuery } from '../contracts/job';
import { problem } from '../contracts/problem';
import { FOLLOW_UP_TYPES, isFollowUp } from '../domain/follow-ups';
import {
  InvalidInputError,
  MissingError,
  NotAllowedError,
  problemAt,
  WrongStateError,
} from '../domain/invalid-input';
import { isJobOver } from '../domain/statuses';
import type { ActingPerson } from '../entries/permissions';
import type { Item } from '../store/item-row';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import type { JobSights } from './job-sight';
import type { Reader } from './job-views';
import type { JobCreation } from './job-creation';
import type { JobRemoval } from './job-removal';

const CLEAN_CHUNK = 50;
/** What an id's column can hold. */
const HIGHEST_ID = 2_147_483_647;

export type JobActions = ReturnType<typeof createJobActions>;

/** What people do with jobs that exist. */
export function createJobActions(parts: {
  store: Store;
  creation: JobCreation;
  removal: JobRemoval;
  sights: JobSights;
  /** Something is to be done now: look rather than wait for the next tick. */
  nudge: () => void;
  /** Workers shall know now: a cancelled job's calls are aborted, a paused one's begin no more. */
  heed: (jobKey: number, status: 'paused' | 'cancelled') => void;
  forgiveProvider: (name: string) => void;
}) {
  const { store, creation, removal, sights } = parts;

  /** A job the reader may see. @throws MissingError: what one may not see does not exist */
  const find = async (id: string, reader: Reader): Promise<Job> => {
    const job = await store.jobs.find(id);
    if (!job || (!reader.readAll && !reader.manage && job.starterId !== reader.id)) {
      throw new MissingError(problem('job_missing'));
    }
    return job;
  };

  const findToChange = async (id: string, reader: Reader): Promise<Job> => {
    const job = await find(id, reader);
    if (!reader.manage && !(reader.create && job.starterId === reader.id)) {
      throw new NotAllowedError(problem('job_of_another'));
    }
    return job;
  };

  const findItem = async (job: Job, itemId: number): Promise<Item> => {
    const item = await store.items.find(itemId);
    if (!item || item.jobKey !== job.key) throw new MissingError(problem('item_missing'));
    return item;
  };

  const refuse = (job: Job, action: Exclude<JobAction, 'duplicate'>, reader: Reader): never => {
    const state = `job_is_${job.status}` as const;
    throw new WrongStateError(
      problem(`job_not_to_${action}`, {
        ...sights.of(job, reader).titleParams,
        state: problem(state).message,
        stateCode: state,
      })
    );
  };

  /** A job as it stands now. @throws MissingError where it has been deleted meanwhile */
  const reload = async (job: Job): Promise<Job> => {
    const current = await store.jobs.findByKey(job.key);
    if (!current) throw new MissingError(problem('job_missing'));
    return current;
  };

  /** Sets items of a job back to be run anew: how many. @throws where it has been deleted or cancelled meanwhile */
  const retryItems = async (
    job: Job,
    which: { errorCode?: string; itemId?: number },
    reader: Reader
  ): Promise<number> => {
    const retried = await store.retries.retry(job.key, which);
    return retried ?? refuse(await reload(job), 'retry', reader);
  };

  return {
    find,
    findItem,

    async list(parameters: ListJobsQuery, reader: Reader) {
      const createdBy =
        parameters.createdBy === undefined
          ? null
          : parameters.createdBy === 'me'
            ? reader.id
            : Number(parameters.createdBy);
      if (createdBy !== null && !(Number.isInteger(createdBy) && Math.abs(createdBy) <= HIGHEST_ID)) {
        throw new InvalidInputError([problemAt(['createdBy'], 'creator_malformed')]);
      }
      const onlyStarter = reader.readAll || reader.manage ? null : reader.id;
      const labelled = await store.jobs.labelled(onlyStarter);
      const contentTypes = [...new Set(labelled.map(({ contentType }) => contentType))];
      const untitled = labelled.filter((jobs) => !sights.mayReadLabels(jobs, reader));
      return { ...(await store.jobs.list(parameters, onlyStarter, createdBy, untitled)), contentTypes };
    },

    listItems: (job: Job, parameters: ListItemsQuery, reader: Reader) =>
      store.itemPages.ofJob(job.key, parameters, sights.of(job, reader).labels),

    listOfEntry: (contentType: string, documentId: string, locale: string | null, reader: Reader) =>
      store.itemPages.ofEntry(
        contentType,
        documentId,
        locale,
        reader.readAll || reader.manage ? null : reader.id,
        20
      ),

    async pause(id: string, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      const reason = { code: 'paused_by_person' as const, params: { person: reader.name }, retryable: true };
      if (!(await store.jobs.move(job.key, 'paused', { reason }))) refuse(await reload(job), 'pause', reader);
      parts.heed(job.key, 'paused');
      await store.window.forget(job.key);
      await store.events.add(job.key, 'paused', reader);
      return reload(job);
    },

    async resume(id: string, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      // One that had not begun waits for its start time again.
      const to = job.startedAt === null ? 'pending' : 'processing';
      if (!(await store.jobs.move(job.key, to, { from: ['paused'], reason: null, resumed: true })))
        refuse(await reload(job), 'resume', reader);
      // Messages that a refill sent while the job was being paused have been dropped.
      await store.window.forget(job.key);
      if (job.provider) parts.forgiveProvider(job.provider);
      await store.events.add(job.key, 'resumed', reader);
      parts.nudge();
      return reload(job);
    },

    async cancel(id: string, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      const reason = {
        code: 'cancelled_by_person' as const,
        params: { person: reader.name },
        retryable: false,
      };
      if (!(await store.jobs.move(job.key, 'cancelled', { reason, endedAt: new Date() })))
        refuse(await reload(job), 'cancel', reader);
      parts.heed(job.key, 'cancelled');
      await store.events.add(job.key, 'cancelled', reader);
      parts.nudge();
      return reload(job);
    },

    async retry(id: string, reader: Reader, errorCode: string | undefined): Promise<Job> {
      const job = await findToChange(id, reader);
      if (job.status === 'cancelled') refuse(job, 'retry', reader);
      const retried = await retryItems(job, { errorCode }, reader);
      // Where listing itself failed, it goes on from where it came to.
      const listsAgain =
        job.status === 'failed' &&
        !job.listed &&
        errorCode === undefined &&
        (retried > 0 ||
          (await store.jobs.move(job.key, job.startedAt === null ? 'pending' : 'processing', {
            from: ['failed'],
            reason: null,
            endedAt: null,
          })));
      if (retried === 0 && !listsAgain) {
        await reload(job);
        throw new WrongStateError(
          errorCode ? problem('nothing_failed_with', { errorCode }) : problem('nothing_failed')
        );
      }
      await store.events.add(job.key, 'retried', reader);
      parts.nudge();
      return reload(job);
    },

    async retryItem(id: string, itemId: number, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      const item = await findItem(job, itemId);
      if (job.status === 'cancelled') refuse(job, 'retry', reader);
      if ((await retryItems(job, { itemId: item.id }, reader)) === 0) {
        throw new WrongStateError(problem('item_not_failed', { item: sights.of(job, reader).label(item) }));
      }
      await store.events.add(job.key, 'retried', reader);
      parts.nudge();
      return reload(job);
    },

    /** Makes the job that takes back what this one wrote; all of it, or one item. */
    async undo(id: string, itemId: number | null, person: ActingPerson, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      if (isFollowUp(job.type)) {
        throw new WrongStateError(problem('follow_up_not_undone'));
      }
      const item = itemId === null ? null : await findItem(job, itemId);
      if (item && (item.appliedAt === null || item.undoneAt !== null)) {
        throw new WrongStateError(
          problem('item_nothing_to_undo', { item: sights.of(job, reader).label(item) })
        );
      }
      if (!item) {
        if (!(await store.items.anyStanding(job.key))) {
          await reload(job);
          throw new WrongStateError(problem('job_nothing_to_undo'));
        }
        if (!isJobOver(job.status) && job.status !== 'paused') refuse(job, 'undo', reader);
      }
      const made = await creation.createFrom(person, job, 'undo', {
        title: item?.label ?? job.title,
        titleCode: 'undo',
        itemId,
        settings: { publish: true },
      });
      await store.events.add(job.key, 'undone', reader);
      return made;
    },

    /** Makes the job that publishes the drafts which this one wrote. */
    async publish(id: string, person: ActingPerson, reader: Reader): Promise<Job> {
      const job = await findToChange(id, reader);
      if (!isJobOver(job.status)) refuse(job, 'publish', reader);
      if (job.type !== 'fill-fields' || !(await store.items.anyStanding(job.key))) {
        await reload(job);
        throw new WrongStateError(problem('job_nothing_to_publish'));
      }
      const made = await creation.createFrom(person, job, 'publish-items', {
        title: job.title,
        titleCode: 'publish',
        itemId: null,
        settings: {},
      });
      await store.events.add(job.key, 'published', reader);
      return made;
    },

    /**
     * Runs the same settings over the same entries again, with the rights of the one who asks.
     * @throws InvalidInputError, MissingError, NotAllowedError, WrongStateError
     */
    async duplicate(id: string, person: ActingPerson, reader: Reader): Promise<Job> {
      const job = await find(id, reader);
      if (!reader.create) throw new NotAllowedError(problem('start_forbidden'));
      if (isFollowUp(job.type)) {
        throw new WrongStateError(problem('follow_up_not_repeated'));
      }
      if (!job.listed) {
        throw new WrongStateError(problem('job_not_listed', sights.of(job, reader).titleParams));
      }
      return creation.createFrom(person, job, job.type, {
        title: job.title,
        titleCode: job.titleCode,
        itemId: null,
        settings: job.settings,
      });
    },

    async remove(id: string, reader: Reader): Promise<void> {
      const job = await findToChange(id, reader);
      if (!isJobOver(job.status)) refuse(job, 'delete', reader);
      const outcome = await store.deletions.delete(job, FOLLOW_UP_TYPES);
      if (outcome === 'needed')
        throw new WrongStateError(problem('job_still_needed', sights.of(job, reader).titleParams));
      if (outcome === 'not ended') {
        const current = await reload(job);
        if (!isJobOver(current.status)) refuse(current, 'delete', reader);
        throw new WrongStateError(problem('job_still_stopping'));
      }
      await removal.removeRows();
    },

    /** Deletes jobs that ended more than so many days ago and that no other needs; others' only for those who may. */
    async clean(olderThanDays: number, reader: Reader | null): Promise<number> {
      const before = new Date(Date.now() - olderThanDays * 86_400_000);
      const onlyStarter = reader === null || reader.manage ? null : reader.id;
      let deleted = 0;
      let afterKey = 0;
      for (;;) {
        const jobs = await store.jobs.findEndedBefore(before, onlyStarter, afterKey, CLEAN_CHUNK);
        for (const job of jobs) {
          if ((await store.deletions.delete(job, FOLLOW_UP_TYPES)) === 'deleted') deleted += 1;
        }
        afterKey = jobs.at(-1)?.key ?? afterKey;
        if (jobs.length < CLEAN_CHUNK) break;
      }
      if (deleted > 0) await removal.removeRows();
      return deleted;
    },
  };
}
