import { z } from 'zod';
import { problem } from '../../contracts/problem';
import { NotAllowedError } from '../../domain/invalid-input';
import { defineJobType, type ItemContext, type Outcome } from '../job-type';

const settingsSchema = z.strictObject({});
type PublishSettings = z.infer<typeof settingsSchema>;

const PUBLISHED: Outcome = {
  status: 'completed',
  message: { code: 'published', params: {}, retryable: false },
};

async function run(context: ItemContext<PublishSettings>): Promise<Outcome> {
  // An earlier attempt published it, and stopped before it could say so.
  if (context.item.appliedAt !== null) return PUBLISHED;
  const source = await context.source();
  if (!source || source.appliedAt === null || source.undoneAt !== null) {
    return { status: 'skipped', reason: { code: 'nothing_to_publish', params: {}, retryable: false } };
  }
  // A live entry whose draft held other changes before the job: those are not this job's to make public.
  if (source.publication === 'modified') {
    return {
      status: 'skipped',
      reason: { code: 'not_published_other_changes', params: {}, retryable: false },
    };
  }
  // Any other time of change than that of the writing is someone else's.
  const result = await context.publish(source.appliedAt);
  switch (result.outcome) {
    case 'published':
      return PUBLISHED;
    case 'already':
      return { status: 'skipped', reason: { code: 'already_published', params: {}, retryable: false } };
    case 'conflict':
      return { status: 'conflict', reason: { code: 'draft_edited_since', params: {}, retryable: false } };
    case 'gone':
      return { status: 'skipped', reason: { code: 'entry_gone', params: {}, retryable: false } };
    case 'forbidden':
      return {
        status: 'skipped',
        reason: { code: 'publish_forbidden', params: { person: context.person.name }, retryable: false },
      };
    case 'refused':
      return { status: 'conflict', reason: result.reason };
  }
}

/** Publishes the drafts that another job wrote, unless someone has edited them since. */
export const publishItems = defineJobType<PublishSettings>({
  name: 'publish-items',
  queue: 'content',
  startable: false,
  settings: settingsSchema,
  writes: () => [],
  provider: () => null,
  title: (_settings, names) => `Publish · ${names.contentType}`,
  // Refused whole, not as a fault of the settings: there are none.
  prepare: async (settings, context) => {
    if (context.mayPublish()) return { settings, promptId: null };
    const contentType = context.lookup(context.contentType)?.info.displayName ?? context.contentType;
    throw new NotAllowedError(problem('publish_type_forbidden', { contentType }));
  },
  run,
});
