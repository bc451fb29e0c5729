import type { EntryItem, ItemDetail, ItemView } from '../contracts/item';
import type { JobAction, JobDetail, JobView, ListJobsResponse } from '../contracts/job';
import { englishTitle, madeTitle } from '../contracts/job-title';
import { waitsForSetUp, withMessage, type Reason } from '../contracts/reason';
import { isFollowUp } from '../domain/follow-ups';
import { placeholdersOf } from '../domain/placeholders';
import { isJobOver, progressOf } from '../domain/statuses';
import type { SchemaLookup } from '../domain/schema';
import { placeholderPathsIn } from '../domain/template';
import { pluralTypeLabel, typeLabel } from '../domain/type-label';
import type { Ability, EntryPermissions } from '../entries/permissions';
import type { Item } from '../store/item-row';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';

/** Over this time the rate is measured. */
const RATE_WINDOW_MS = 60_000;

/** Properties of settings that are long texts: only a job that is opened carries them. */
const LONG_SETTINGS = ['prompt', 'systemMessage'];

/** What a reader may do with jobs. */
export interface Reader {
  id: number;
  name: string;
  /** Their rights on entries. */
  ability: Ability;
  readAll: boolean;
  create: boolean;
  manage: boolean;
}

/** A job's reason; for one that waits for a key or an address, with what to do after that. */
function jobReason(job: Job): Reason | null {
  const reason = job.reason ? withMessage(job.reason) : null;
  return reason && waitsForSetUp(job)
    ? {
        ...reason,
        message: `${reason.message} When that is done, resume the job: it goes on where it stopped.`,
      }
    : reason;
}

export type JobViews = ReturnType<typeof createJobViews>;

/** Shapes jobs and items for those who read them. */
export function createJobViews(parts: { store: Store; lookup: SchemaLookup; permissions: EntryPermissions }) {
  const { store, lookup, permissions } = parts;

  const actionsOf = (job: Job, reader: Reader): JobAction[] => {
    const actions: JobAction[] = [];
    if (reader.create && !isFollowUp(job.type) && job.listed) actions.push('duplicate');
    const own = job.starterId === reader.id && reader.create;
    if (!own && !reader.manage) return actions;
    if (job.status === 'pending' || job.status === 'processing') actions.push('pause');
    if (job.status === 'paused') actions.push('resume');
    if (!isJobOver(job.status)) actions.push('cancel');
    const stoppedListing = job.status === 'failed' && !job.listed;
    if ((job.counts.failed > 0 || stoppedListing) && job.status !== 'cancelled') actions.push('retry');
    // One that failed may have been written all the same.
    if (!isFollowUp(job.type) && job.counts.completed + job.counts.failed > 0) {
      if (isJobOver(job.status) || job.status === 'paused') actions.push('undo');
    }
    if (job.type === 'fill-fields' && job.counts.completed > 0) {
      const hasDrafts = lookup(job.contentType)?.options?.draftAndPublish === true;
      if (isJobOver(job.status) && hasDrafts && job.settings.mode !== 'publish') actions.push('publish');
    }
    if (isJobOver(job.status)) actions.push('delete');
    return actions;
  };

  const mayReadType = (item: Item, reader: Reader): boolean =>
    lookup(item.contentType) !== undefined && permissions.mayRead(reader, item.contentType);

  /** A rendered prompt holds what its placeholders stood for: it is for those only who may read all of that. */
  const mayReadPrompt = (item: Item, job: Job, reader: Reader): boolean => {
    const { prompt } = job.settings;
    if (!mayReadType(item, reader)) return false;
    return (
      typeof prompt !== 'string' ||
      placeholderPathsIn(prompt, placeholdersOf(item.contentType, lookup)).every((path) =>
        permissions.mayReadPath(reader, item.contentType, path, lookup)
      )
    );
  };

  /** What of an item's values the reader may read: a job must not show what the Content Manager hides from them. */
  const readableValues = (item: Item, reader: Reader): Item['values'] =>
    mayReadType(item, reader)
      ? Object.fromEntries(
          Object.entries(item.values).filter(([path]) =>
            permissions.mayReadPath(reader, item.contentType, path, lookup)
          )
        )
      : {};

  const jobView = (job: Job, reader: Reader, endedLately: number): JobView => {
    const observedMs = Math.min(RATE_WINDOW_MS, Date.now() - (job.startedAt?.getTime() ?? Date.now()));
    const running = job.status === 'processing';
    const itemsPerMinute =
      running && endedLately > 0 ? (endedLately * 60_000) / Math.max(observedMs, 1_000) : null;
    const left = job.counts.pending + job.counts.processing;
    return {
      id: job.id,
      type: job.type,
      title: englishTitle(job),
      madeTitle: madeTitle(job),
      status: job.status,
      reason: jobReason(job),
      counts: job.counts,
      progress: progressOf(job.counts),
      itemsPerMinute: itemsPerMinute === null ? null : Math.round(itemsPerMinute * 10) / 10,
      etaSeconds: itemsPerMinute === null ? null : Math.round((left / itemsPerMinute) * 60),
      costUsd: job.costUsd,
      priority: job.priority,
      createdBy: job.starterId === null ? null : { id: job.starterId, name: job.starterName },
      createdAt: job.createdAt.toISOString(),
      startAt: job.startAt?.toISOString() ?? null,
      startedAt: job.startedAt?.toISOString() ?? null,
      endedAt: job.endedAt?.toISOString() ?? null,
      listed: job.listed,
      settings: job.settings,
      selection: job.selection,
      contentTypeLabel: typeLabel(lookup(job.contentType), job.contentType),
      contentTypePlural: pluralTypeLabel(lookup(job.contentType), job.contentType),
      singleType: lookup(job.contentType)?.kind === 'singleType',
      sourceJobId: job.sourceJobId,
      actions: actionsOf(job, reader),
    };
  };

  const itemView = (item: Item, job: Job, reader: Reader): ItemView => ({
    id: item.id,
    position: item.position,
    contentType: item.contentType,
    singleType: lookup(item.contentType)?.kind === 'singleType',
    documentId: item.documentId,
    locale: item.locale,
    label: item.label,
    status: item.status,
    error: item.reason ? withMessage(item.reason) : null,
    values: readableValues(item, reader),
    attempts: item.attempts,
    nextAttemptAt: item.nextAttemptAt === null ? null : new Date(item.nextAttemptAt).toISOString(),
    usage: item.usage.calls === 0 ? null : item.usage,
    durationMs: item.durationMs,
    progress: item.progress,
    message: item.message ? withMessage(item.message) : null,
    undoable:
      job.type === 'fill-fields' &&
      item.appliedAt !== null &&
      item.undoneAt === null &&
      item.status !== 'processing' &&
      (reader.manage || (reader.create && job.starterId === reader.id)),
  });

  /** Items that ended lately, per job at work. */
  const ratesOf = (jobs: Job[]): Promise<Map<number, number>> =>
    store.items.endedSince(
      jobs.filter(({ status }) => status === 'processing').map(({ key }) => key),
      Date.now() - RATE_WINDOW_MS
    );

  return {
    actionsOf,
    itemView,

    /** Content types with what people call their entries, in the order of the alphabet. */
    contentTypes: (uids: string[]): ListJobsResponse['meta']['contentTypes'] =>
      uids
        .map((uid) => ({ uid, label: pluralTypeLabel(lookup(uid), uid) }))
        .sort((one, other) => one.label.localeCompare(other.label)),

    /** For lists, without the long texts of the settings. */
    async jobs(found: Job[], reader: Reader): Promise<JobView[]> {
      const rates = await ratesOf(found);
      return found.map((job) => {
        const settings = Object.fromEntries(
          Object.entries(job.settings).filter(([name]) => !LONG_SETTINGS.includes(name))
        );
        return { ...jobView(job, reader, rates.get(job.key) ?? 0), settings };
      });
    },

    async job(job: Job, reader: Reader): Promise<JobView> {
      const rates = await ratesOf([job]);
      return jobView(job, reader, rates.get(job.key) ?? 0);
    },

    async detail(job: Job, reader: Reader): Promise<JobDetail> {
      const [rates, groups, timeline, standing] = await Promise.all([
        ratesOf([job]),
        job.counts.failed > 0 ? store.items.errorGroups(job.key) : [],
        store.events.list(job.key),
        store.items.anyStanding(job.key),
      ]);
      const view = jobView(job, reader, rates.get(job.key) ?? 0);
      return {
        ...view,
        // What has all been taken back can be neither undone nor published.
        actions: view.actions.filter((action) => standing || (action !== 'undo' && action !== 'publish')),
        errorGroups: groups.map((group) => ({
          error: withMessage(group.reason),
          count: group.count,
          exampleLabels: group.labels,
        })),
        timeline,
      };
    },

    async itemDetail(item: Item, job: Job, reader: Reader): Promise<ItemDetail> {
      const [calls, request] = await Promise.all([
        store.replies.usagesOf(item.id),
        store.replies.lastRequest(item.id),
      ]);
      const messages = Array.isArray(request) ? (request as { role: string; content: string }[]) : [];
      const user = messages.find((message) => message.role === 'user');
      return {
        ...itemView(item, job, reader),
        prompt:
          user && mayReadPrompt(item, job, reader)
            ? {
                system: messages.find((message) => message.role === 'system')?.content ?? null,
                user: user.content,
              }
            : null,
        calls,
      };
    },

    async entryItems(items: Item[], reader: Reader): Promise<EntryItem[]> {
      const jobs = await store.jobs.findByKeys([...new Set(items.map((item) => item.jobKey))]);
      return items.flatMap((item) => {
        const job = jobs.get(item.jobKey);
        if (!job) return [];
        return {
          ...itemView(item, job, reader),
          jobId: job.id,
          jobTitle: englishTitle(job),
          jobMadeTitle: madeTitle(job),
          jobType: job.type,
          at: new Date(item.endedAt ?? job.createdAt.getTime()).toISOString(),
        };
      });
    },
  };
}
