import type { SchemaLookup } from '../domain/schema';
import { addUsage } from '../domain/usage';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import type { EntryReader } from '../entries/reader';
import type { ItemContext } from '../job-types/job-type';
import type { AttemptRecord } from '../queue/run-handler';
import type { Job } from '../store/job-row';
import type { AnswerReader } from './answer-reader';
import type { GenerationService } from './generation';

/** One entry that a job is tried on. */
interface Sample {
  person: ActingPerson;
  contentType: string;
  documentId: string;
  locale: string | null;
  label: string;
  settings: unknown;
  selection: Job['selection'];
  signal: AbortSignal;
  deadlineAt: number;
  record: AttemptRecord;
}

export type SampleContexts = ReturnType<typeof createSampleContexts>;

/** Hands a job type what it may see of the world for a sample: nothing of it is written. */
export function createSampleContexts(parts: {
  reader: EntryReader;
  permissions: EntryPermissions;
  generation: GenerationService;
  answers: AnswerReader;
  lookup: SchemaLookup;
}) {
  const { reader, permissions, generation, answers, lookup } = parts;

  return (sample: Sample): ItemContext<unknown> => {
    const {
      person,
      contentType,
      documentId,
      locale,
      label,
      settings,
      selection,
      signal,
      deadlineAt,
      record,
    } = sample;
    const nothing = (): Promise<never> => Promise.reject(new Error('A sample writes nothing.'));
    return {
      item: { id: 0, contentType, documentId, locale, label, values: {}, appliedAt: null, message: null },
      settings,
      person: { id: person.id, name: person.name },
      selection,
      lookup,
      signal,
      read: (plan) => reader.read(contentType, locale, plan, documentId),
      mayWrite: (entry, paths) =>
        Promise.resolve(permissions.mayUpdateEntry(person, contentType, entry.data, paths)),
      conditionPlan: () => Promise.resolve(permissions.conditionPopulate(person, contentType)),
      write: nothing,
      publish: nothing,
      generate: (request) =>
        generation.generate(request, {
          purpose: 'sample',
          jobResumes: 0,
          jobKey: null,
          itemId: null,
          personId: person.id,
          mayHaveReply: false,
          deadlineAt,
          signal,
          pause: null,
          stillWanted: () => Promise.resolve(),
          untimed: (wait) => wait(),
          onUsage: (usage) => addUsage(record.usage, usage),
        }),
      readAnswer: answers.read,
      explainReply: () => Promise.resolve(),
      rejectReplies: () => Promise.resolve(),
      wasDoneWith: () => Promise.resolve(false),
      source: () => Promise.resolve(null),
      markSourceUndone: () => Promise.resolve(),
      progress: () => Promise.resolve(),
    };
  };
}
