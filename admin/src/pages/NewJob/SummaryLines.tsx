import { Flex, Typography } from '@strapi/design-system';
import type { ContentTypeView, ProviderView } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { useText } from '../../components/text';
import type { SelectionCount } from '../../components/use-selection-count';
import type { JobDraft } from './draft';
import type { SampleState } from './use-sample';

interface SummaryLinesProps {
  view: ContentTypeView;
  providers: ProviderView[];
  draft: JobDraft;
  count: SelectionCount;
  sample: SampleState;
}

/** What the whole job costs, as far as the sample tells; otherwise that it does not yet. */
function useCostText({ count, sample }: SummaryLinesProps): string {
  const text = useText();
  const format = useFormat();
  const total = count.count?.total;
  if (!sample.sample || total === undefined) return text('newJob.summary.costUnknown');
  const { averageCostUsd, averageTokens } = sample.sample;
  if (averageCostUsd !== null) {
    return text('newJob.summary.cost', { cost: format.cost(averageCostUsd * total) });
  }
  if (averageTokens === null) return text('newJob.summary.costUnknown');
  return text('newJob.summary.tokens', { tokens: format.number(Math.round(averageTokens * total)) });
}

/** The job in a few lines: how many, which fields, who writes, how often it calls, what it costs. */
export function SummaryLines(props: SummaryLinesProps) {
  const { view, providers, draft, count, sample } = props;
  const text = useText();
  const format = useFormat();
  const costText = useCostText(props);
  const chosen = draft.outputs.filter((output) => output.chosen);
  const labelOf = (path: string) => view.fields.find((field) => field.path === path)?.label ?? path;
  const rules = new Set(chosen.map(({ overwrite }) => overwrite));
  const provider = providers.find(({ name }) => name === draft.provider)?.label;
  const total = count.count?.total;
  const lines = [
    total === undefined || view.singleType
      ? view.pluralLabel
      : text('newJob.count', { total, type: total === 1 ? view.label : view.pluralLabel }),
    chosen.length === 0
      ? text('newJob.summary.noFields')
      : chosen.map(({ field }) => labelOf(field)).join(', '),
    rules.size === 0
      ? null
      : text(rules.size === 2 ? 'newJob.summary.mixedRules' : `outputs.overwrite.${[...rules][0]}`),
    [provider, draft.model.trim() || null, draft.temperature?.toString()].filter(Boolean).join(' · ') ||
      text('newJob.summary.noModel'),
    total === undefined ? null : text('newJob.summary.calls', { calls: total }),
    costText,
    sample.sample && sample.outdated ? text('newJob.summary.sampleOutdated') : null,
    draft.startAt === null
      ? null
      : text('newJob.summary.startAt', { at: format.startTime(draft.startAt.toISOString()) }),
  ];
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" gap={2} aria-live="polite">
      {lines.map((line, index) =>
        line === null ? null : (
          <Typography key={index} tag="li" textColor={index === 0 ? 'neutral800' : 'neutral600'}>
            {line}
          </Typography>
        )
      )}
    </Flex>
  );
}
