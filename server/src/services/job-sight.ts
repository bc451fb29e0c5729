import type { FieldValues } from '../contracts/item';
import { englishTitle } from '../contracts/job-title';
import type { ProblemCode } from '../contracts/problem';
import type { ReasonParams, StoredReason } from '../contracts/reason';
import { labelFieldOf } from '../domain/entry-label';
import { placeholdersOf } from '../domain/placeholders';
import { withoutContent } from '../domain/reason-content';
import type { SchemaLookup } from '../domain/schema';
import { placeholderPathsIn } from '../domain/template';
import { typeLabel } from '../domain/type-label';
import type { Ability, EntryPermissions } from '../entries/permissions';
import type { Item } from '../store/item-row';
import type { Job } from '../store/job-row';

/** What of a job a reader may read: it must not show what the Content Manager hides from them. */
export interface JobSight {
  /** Whether the titles of its entries may be read. */
  labels: boolean;
  /** What an entry is called: its document id where its title may not be read. */
  label(item: Pick<Item, 'label' | 'documentId'>): string;
  /** The title; that of a job about one entry is named after the entry. */
  title: string;
  /** The title in a problem's sentence, in the reader's language. */
  titleParams: ReasonParams;
  values<Values extends FieldValues>(values: Record<string, Values>): Record<string, Values>;
  /** Why an item, a call or a group stands as it does: it may hold a model's words, or an entry's. */
  reason(reason: StoredReason): StoredReason;
  /** The same of the job itself. */
  jobReason(reason: StoredReason): StoredReason;
  /** A rendered prompt holds what its placeholders stood for: it is for those only who may read all of that. */
  mayReadPrompts(): boolean;
}

export type JobSights = ReturnType<typeof createJobSights>;

/** The fields that settings name as those to be written. */
function outputsOf({ outputs }: Record<string, unknown>): string[] {
  const named: unknown[] = Array.isArray(outputs) ? outputs : [];
  return named.flatMap((output) =>
    typeof output === 'object' && output !== null && 'field' in output ? [String(output.field)] : []
  );
}

/** Tells what readers may read of jobs, by their rights alone; asks the database nothing. */
export function createJobSights(parts: { lookup: SchemaLookup; permissions: EntryPermissions }) {
  const { lookup, permissions } = parts;

  /** Whether what a job's entries are called by may be read. */
  const mayReadLabels = (
    { contentType, labelField }: Pick<Job, 'contentType' | 'labelField'>,
    reader: { ability: Ability }
  ): boolean => {
    const schema = lookup(contentType);
    if (!schema || !permissions.mayRead(reader, contentType)) return false;
    const field = labelFieldOf(labelField, schema);
    return field === '' || permissions.mayReadPath(reader, contentType, field, lookup);
  };

  return {
    mayReadLabels,

    of(job: Job, reader: { ability: Ability }): JobSight {
      const schema = lookup(job.contentType);
      const mayReadType = schema !== undefined && permissions.mayRead(reader, job.contentType);
      const mayRead = (path: string): boolean =>
        mayReadType && permissions.mayReadPath(reader, job.contentType, path, lookup);
      const labels = mayReadLabels(job, reader);
      const isAboutOne = job.selection.kind === 'job' && job.selection.itemId !== null;
      const title = isAboutOne && !labels ? typeLabel(schema, job.contentType) : job.title;

      const mayReadPrompts = (): boolean => {
        const { prompt } = job.settings;
        if (!mayReadType || typeof prompt !== 'string') return mayReadType;
        return placeholderPathsIn(prompt, placeholdersOf(job.contentType, lookup)).every(mayRead);
      };
      let allReadable: boolean | null = null;
      const mayReadAll = (): boolean =>
        (allReadable ??= mayReadType && outputsOf(job.settings).every(mayRead) && mayReadPrompts());

      return {
        labels,
        label: ({ label, documentId }) => (labels ? label : documentId),
        title,
        titleParams: {
          title,
          job: englishTitle({ ...job, title }),
          ...(job.titleCode === null ? {} : { jobCode: `job_title_${job.titleCode}` satisfies ProblemCode }),
        },
        values: (values) => Object.fromEntries(Object.entries(values).filter(([path]) => mayRead(path))),
        reason: (reason) => {
          const bare = withoutContent(reason);
          return bare === reason || mayReadAll() ? reason : bare;
        },
        // Of a type that is gone nobody may read anything, and somebody must be able to see what is wrong.
        jobReason: (reason) => (schema === undefined || mayReadType ? reason : withoutContent(reason)),
        mayReadPrompts,
      };
    },
  };
}
