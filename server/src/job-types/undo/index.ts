import { z } from 'zod';
import type { FieldValues } from '../../contracts/item';
import type { StoredReason } from '../../contracts/reason';
import { defineJobType, type ItemContext, type Outcome } from '../job-type';

const settingsSchema = z.strictObject({
  /** Whether what the job published is published again as it was. */
  publish: z.boolean().default(true),
});
type UndoSettings = z.infer<typeof settingsSchema>;

/** What was published along was what had been live before: taken back is what it is. */
const undoneMessage = (ofWriting: StoredReason | null): StoredReason =>
  ofWriting && ofWriting.code !== 'published' ? ofWriting : { code: 'undone', params: {}, retryable: false };

async function run(context: ItemContext<UndoSettings>): Promise<Outcome> {
  const source = await context.source();
  if (context.item.appliedAt !== null) {
    await context.markSourceUndone(context.item.appliedAt);
    return { status: 'completed', message: undoneMessage(context.item.message) };
  }
  if (!source || source.appliedAt === null || source.undoneAt !== null) {
    return { status: 'skipped', reason: { code: 'nothing_to_undo', params: {}, retryable: false } };
  }
  const values: Record<string, FieldValues> = {};
  for (const [path, value] of Object.entries(source.values)) {
    // A field the job never wrote has no value of its own to take back.
    if (value.written !== null && value.written !== undefined)
      values[path] = { before: value.written, proposed: value.before, written: null };
  }
  if (Object.keys(values).length === 0)
    return { status: 'skipped', reason: { code: 'nothing_to_undo', params: {}, retryable: false } };

  const result = await context.write({
    values,
    wasPublished: false,
    publish: context.settings.publish && source.published,
    partial: true,
  });
  switch (result.outcome) {
    case 'written':
      await context.markSourceUndone(source.appliedAt);
      if (result.left.length > 0) {
        return {
          status: 'completed',
          message: { code: 'undone_partly', params: { fields: result.left.join(', ') }, retryable: false },
        };
      }
      return {
        status: 'completed',
        message: undoneMessage(result.message),
      };
    case 'conflict':
      return {
        status: 'conflict',
        reason: { code: 'edited_since', params: { fields: result.fields.join(', ') }, retryable: false },
      };
    case 'moved':
      return {
        status: 'conflict',
        reason: { code: 'entry_moved_meanwhile', params: {}, retryable: true },
      };
    case 'gone':
      return { status: 'skipped', reason: { code: 'entry_gone', params: {}, retryable: false } };
    case 'forbidden':
      return {
        status: 'skipped',
        reason: { code: 'entry_forbidden', params: { person: context.person.name }, retryable: false },
      };
  }
}

/** Puts back what entries held before another job, wherever they still hold what that job wrote. */
export const undo = defineJobType<UndoSettings>({
  name: 'undo',
  queue: 'content',
  startable: false,
  settings: settingsSchema,
  writes: () => [],
  provider: () => null,
  title: (_settings, names) => `Undo · ${names.contentType}`,
  prepare: async (settings) => ({ settings, promptId: null }),
  run,
});
