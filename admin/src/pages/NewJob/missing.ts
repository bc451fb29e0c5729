import type { FieldView, ProviderView } from '../../../../server/src/contracts';
import type { TemplateCheck } from '../../components/prompt/use-template-check';
import type { SelectionCount } from '../../components/use-selection-count';
import { readExtra, type JobDraft } from './draft';

/** What keeps a job from starting; each has its sentence in the translations under `newJob.missing.`. */
export type Missing =
  | 'entries'
  | 'template'
  | 'templateProblems'
  | 'fields'
  | 'maxLength'
  | 'provider'
  | 'model'
  | 'temperature'
  | 'maxTokens'
  | 'extra';

interface Known {
  draft: JobDraft;
  /** False while no selection has been chosen at all. */
  hasSelection: boolean;
  count: SelectionCount;
  check: TemplateCheck;
  providers: ProviderView[];
  fields: FieldView[];
}

const isWhole = (value: number | undefined) => value === undefined || (Number.isInteger(value) && value >= 1);

/** Everything that is missing or wrong before the job can be sent, in the order of the page. */
export function missingParts({ draft, hasSelection, count, check, providers, fields }: Known): Missing[] {
  const { temperature } = draft;
  const chosen = draft.outputs.filter((output) => output.chosen);
  const limitOf = (path: string) => fields.find((field) => field.path === path)?.maxLength ?? Infinity;
  const faults: Record<Missing, boolean> = {
    entries: !hasSelection || count.count?.total === 0 || count.error !== null,
    template: draft.template.trim() === '',
    templateProblems: check.problems.length > 0,
    fields: chosen.length === 0,
    maxLength: chosen.some(
      ({ field, maxLength }) => !isWhole(maxLength) || (maxLength ?? 0) > limitOf(field)
    ),
    provider: !providers.some(({ name, ready }) => name === draft.provider && ready),
    model: draft.model.trim() === '',
    temperature: temperature !== undefined && (temperature < 0 || temperature > 2),
    maxTokens: !isWhole(draft.maxTokens),
    extra: readExtra(draft.extra) === 'invalid',
  };
  return (Object.keys(faults) as Missing[]).filter((fault) => faults[fault]);
}
