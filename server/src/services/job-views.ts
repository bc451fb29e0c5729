import type { EntryItem, ItemDetail, ItemView } from '../contracts/item';
import type { JobAction, JobDetail, JobView, ListJobsResponse } from '../contracts/job';
import { englishTitle, madeTitle } from '../contracts/job-title';
import { waitsForSetUp, withMessage, type Reason } from '../contracts/reason';
import { isFollowUp } from '../domain/follow-ups';
import { isJobOver, progressOf } from '../domain/statuses';
import type { SchemaLookup } from '../domain/schema';
import { pluralTypeLabel, typeLabel } from '../domain/type-label';
import type { Ability } from '../entries/permissions';
import type { ListedItem } from '../store/item-pages';
import type { Item } from '../store/item-row';
import type { Job } from '../store/job-row';
import type { Store } from '../store/store';
import type { JobSight, JobSights } from './job-sight';

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
function jobReason(job: Job, sight: JobSight): Reason | null {
  const reason = job.reason ? withMessage(sight.jobReason(job.reason)) : null;
  return reason && waitsForSetUp(job)
    ? {
        ...reason,
        message: `${reason.message} When that is done, resume the job: it goes on where it stopped.`,
      }
    : reason;
}

export type JobViews = ReturnType<typeof createJobViews>;

/** Shapes jobs and items for those who read them. */
export function createJobViews(parts: { store: Store; lookup: SchemaLookup; sights: JobSights }) {
  const { store, lookup, sights } = parts;

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

  const jobView = (job: Job, reader: Reader, endedLately: number): JobView => {
    const sight = sights.of(job, reader);
    const titled = { ...job, title: sight.title };
    const observedMs = Math.min(RATE_WINDOW_MS, Date.now() - (job.startedAt?.getTime() ?? Date.now()));
    const running = job.status === 'processing';
    const itemsPerMinute =
      running && endedLately > 0 ? (endedLately * 60_000) / Math.max(observedMs, 1_000) : null;
    const left = job.counts.pending + job.counts.processing;
    return {
      id: job.id,
      type: job.type,
      title: englishTitle(titled),
      madeTitle: madeTitle(titled),
      status: job.status,
      reason: jobReason(job, sight),
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

  const itemView = (item: ListedItem, job: Job, reader: Reader, sight: JobSight): ItemView => ({
    id: item.id,
    position: item.position,
    contentType: item.contentType,
    singleType: lookup(item.contentType)?.kind === 'singleType',
    documentId: item.documentId,
    locale: item.locale,
    label: sight.label(item),
    status: item.status,
    error: item.reason ? withMessage(sight.reason(item.reason)) : null,
    values: sight.values(item.values),
    attempts: item.attempts,
    nextAttemptAt: item.nextAttemptAt === null ? null : new Date(item.nextAttemptAt).toISOString(),
    usage: item.usage.calls === 0 ? null : item.usage,
    durationMs: item.durationMs,
    progress: item.progress,
    message: item.message ? withMessage(sight.reason(item.message)) : null,
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

    items(found: ListedItem[], job: Job, reader: Reader): ItemView[] {
      const sight = sights.of(job, reader);
      return found.map((item) => itemView(item, job, reader, sight));
    },

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
      const sight = sights.of(job, reader);
      return {
        ...view,
        // What has all been taken back can be neither undone nor published.
        actions: view.actions.filter((action) => standing || (action !== 'undo' && action !== 'publish')),
        errorGroups: groups.map((group) => ({
          error: withMessage(sight.reason(group.reason)),
          count: group.count,
          exampleLabels: group.examples.map(sight.label),
        })),
        timeline: timeline.map((event) => ({
          ...event,
          reason: event.reason && withMessage(sight.jobReason(event.reason)),
        })),
      };
    },

    async itemDetail(item: Item, job: Job, reader: Reader): Promise<ItemDetail> {
      const [calls, request] = await Promise.all([
        store.replies.usagesOf(item.id),
        store.replies.lastRequest(item.id),
      ]);
      const messages = Array.isArray(request) ? (request as { role: string; content: string }[]) : [];
      const user = messages.find((message) => message.role === 'user');
      const sight = sights.of(job, reader);
      return {
        ...itemView(item, job, reader, sight),
        prompt:
          user && sight.mayReadPrompts()
            ? {
                system: messages.find((message) => message.role === 'system')?.content ?? null,
                user: user.content,
              }
            : null,
        calls: calls.map((call) => ({
          ...call,
          error: call.error && withMessage(sight.reason(call.error)),
        })),
      };
    },

    async entryItems(items: ListedItem[], reader: Reader): Promise<EntryItem[]> {
      const jobs = await store.jobs.findByKeys([...new Set(items.map((item) => item.jobKey))]);
      return items.flatMap((item) => {
        const job = jobs.get(item.jobKey);
        if (!job) return [];
        const sight = sights.of(job, reader);
        const titled = { ...job, title: sight.title };
        return {
          ...itemView(item, job, reader, sight),
          jobId: job.id,
          jobTitle: englishTitle(titled),
          jobMadeTitle: madeTitle(titled),
          jobType: job.type,
          at: new Date(item.endedAt ?? job.createdAt.getTime()).toISOString(),
        };
      });
    },
  };
}
