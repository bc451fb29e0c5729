import type { CreateJobBody } from '../contracts/job';
import { MAX_SAMPLE_ENTRIES, type SampleEntry, type SampleResponse } from '../contracts/sample';
import type { Selection } from '../contracts/selection';
import { withMessage } from '../contracts/reason';
import { InvalidInputError, problemAt } from '../domain/invalid-input';
import { TIMEOUT_GRACE_MS } from '../domain/retry';
import { noUsage } from '../domain/usage';
import { isWorkError, WorkError } from '../domain/work-error';
import type { ActingPerson } from '../entries/permissions';
import type { EntrySelections } from '../entries/selections';
import type { JobType, RunLimits } from '../job-types/job-type';
import type { AttemptRecord } from '../queue/run-handler';
import { frozenSelection, withSelectionErrors, type JobPreparation } from './job-preparation';
import type { SampleContexts } from './sample-context';

export type JobSampling = ReturnType<typeof createJobSampling>;

/** What a job would be: how many entries, and what it would write on some of them. Writes nothing. */
export function createJobSampling(parts: {
  selections: EntrySelections;
  preparation: JobPreparation;
  contextFor: SampleContexts;
  limitsOf: (type: JobType) => RunLimits;
  mayReadPath: (person: ActingPerson, contentType: string, path: string) => boolean;
}) {
  const { selections, preparation } = parts;

  return {
    async count(
      person: ActingPerson,
      selection: Selection,
      fields: string[] = []
    ): Promise<{ total: number; forbidden: number; exampleLabels: string[] }> {
      const query = await preparation.queryOf(person, selection);
      return withSelectionErrors(() => selections.count(person, query, fields));
    },

    /**
     * Renders prompt and result for up to three entries of the selection; writes nothing.
     * @throws InvalidInputError, NotAllowedError; the signal's reason where it is aborted
     */
    async sample(
      person: ActingPerson,
      body: CreateJobBody,
      signal: AbortSignal
    ): Promise<SampleResponse['data']> {
      const prepared = await preparation.prepare(person, body);
      const { type, query } = prepared;
      if (!type.sample)
        throw new InvalidInputError([problemAt(['type'], 'job_type_without_sample', { type: type.name })]);
      const sampleOf = type.sample;
      const limits = parts.limitsOf(type);
      const [{ total }, found] = await withSelectionErrors(() =>
        Promise.all([
          selections.count(person, query, prepared.fields),
          selections.first(person, query, prepared.fields, MAX_SAMPLE_ENTRIES),
        ])
      );
      if (found.length === 0) {
        throw new InvalidInputError([problemAt(['selection'], 'no_entry_to_try')]);
      }
      const entries = await Promise.all(
        found.map(async (entry): Promise<SampleEntry> => {
          const startedAt = Date.now();
          const record: AttemptRecord = {
            values: null,
            stored: null,
            writing: false,
            usage: noUsage(),
            durationMs: 0,
          };
          const timeout = AbortSignal.any([
            signal,
            AbortSignal.timeout(limits.timeoutSeconds * 1_000 + TIMEOUT_GRACE_MS),
          ]);
          const base = { documentId: entry.documentId, label: entry.label };
          const finish = () => ({
            usage: record.usage.calls === 0 ? null : record.usage,
            durationMs: Date.now() - startedAt,
          });
          try {
            const context = parts.contextFor({
              person,
              contentType: query.contentType,
              documentId: entry.documentId,
              locale: entry.locale,
              label: entry.label,
              settings: prepared.settings,
              selection: frozenSelection(query),
              signal: timeout,
              deadlineAt: startedAt + limits.timeoutSeconds * 1_000,
              record,
            });
            const outcome = await sampleOf(context);
            return {
              ...base,
              prompt: outcome.prompt,
              values: Object.fromEntries(
                Object.entries(outcome.values).map(([path, value]) => [
                  path,
                  // Who may only write it sees what was made for it, not what stands there.
                  parts.mayReadPath(person, query.contentType, path) ? value : { ...value, before: null },
                ])
              ),
              error: outcome.skipped ? withMessage(outcome.skipped) : null,
              ...finish(),
            };
          } catch (error) {
            signal.throwIfAborted();
            const failure = isWorkError(error)
              ? error
              : timeout.aborted
                ? new WorkError(
                    'provider_timeout',
                    {
                      provider: type.provider(prepared.settings) ?? type.name,
                      seconds: limits.timeoutSeconds,
                    },
                    { trouble: 'outage' }
                  )
                : null;
            if (!failure) throw error;
            return { ...base, prompt: null, values: {}, error: withMessage(failure.reason), ...finish() };
          }
        })
      );
      const called = entries.filter((entry) => entry.usage !== null);
      const costs = called.flatMap((entry) =>
        entry.usage?.costUsd === null || entry.usage === null ? [] : [entry.usage.costUsd]
      );
      const tokens = called.map(
        (entry) => (entry.usage?.inputTokens ?? 0) + (entry.usage?.outputTokens ?? 0)
      );
      const average = (values: number[]): number | null =>
        values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      return { entries, total, averageCostUsd: average(costs), averageTokens: average(tokens) };
    },
  };
}
