import { useState } from 'react';
import { Box, Button, Flex, Grid, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import type { ContentTypeView, SampleEntry } from '../../../../server/src/contracts';
import { FieldValue } from '../../components/FieldValue';
import { useFormat } from '../../components/format';
import { useReasonText } from '../../components/reason';
import { useText } from '../../components/text';
import { valueText } from '../../components/value-text';

/** How long the proposed text is, and whether the field holds that much. */
function LengthCheck({ value, maxLength }: { value: unknown; maxLength: number | null }) {
  const text = useText();
  const length = valueText(value).length;
  if (length === 0) return null;
  const fits = maxLength === null || length <= maxLength;
  const Icon = fits ? CheckCircle : WarningCircle;
  return (
    <Flex gap={1}>
      <Typography variant="pi" textColor={fits ? 'neutral600' : 'danger600'}>
        {maxLength === null
          ? text('newJob.sample.length', { length })
          : text('newJob.sample.lengthOf', { length, maxLength })}
      </Typography>
      <Icon fill={fits ? 'success600' : 'danger600'} width="1.2rem" aria-hidden />
    </Flex>
  );
}

/** What the model was sent, word by word. */
function SentPrompt({ prompt }: { prompt: NonNullable<SampleEntry['prompt']> }) {
  const text = useText();
  const parts = [
    { label: text('newJob.sample.system'), words: prompt.system },
    { label: text('newJob.sample.user'), words: prompt.user },
  ];
  return (
    <Flex direction="column" alignItems="stretch" gap={3} paddingTop={3}>
      {parts.map(({ label, words }) =>
        words === null ? null : (
          <Box key={label} background="neutral100" hasRadius padding={3}>
            <Typography variant="sigma" textColor="neutral600">
              {label}
            </Typography>
            <FieldValue value={words} />
          </Box>
        )
      )}
    </Flex>
  );
}

/** One entry of the sample: what its fields hold now, what they would hold, what it took. */
export function SampleEntryView({ view, entry }: { view: ContentTypeView; entry: SampleEntry }) {
  const text = useText();
  const format = useFormat();
  const reasonText = useReasonText();
  const [opened, setOpened] = useState(false);
  const { usage } = entry;
  const figures = [
    format.duration(entry.durationMs),
    usage ? format.tokens(usage.inputTokens + usage.outputTokens) : null,
    usage?.costUsd === null || usage === null ? null : format.cost(usage.costUsd),
  ].filter((figure) => figure !== null);
  return (
    <Box tag="article" borderColor="neutral200" hasRadius padding={4} aria-label={entry.label}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap" paddingBottom={2}>
        <Typography tag="h3" fontWeight="bold">
          {entry.label}
        </Typography>
        <Flex gap={3}>
          <Typography variant="pi" textColor="neutral600">
            {figures.join(' · ')}
          </Typography>
          {entry.prompt ? (
            <Button size="S" variant="ghost" aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {text(opened ? 'newJob.sample.hidePrompt' : 'newJob.sample.showPrompt')}
            </Button>
          ) : null}
        </Flex>
      </Flex>
      {entry.error ? (
        <Flex gap={2} alignItems="flex-start">
          <WarningCircle fill="warning600" aria-hidden />
          <Typography textColor="warning700">{reasonText(entry.error)}</Typography>
        </Flex>
      ) : null}
      {Object.entries(entry.values).map(([path, value]) => (
        <Box key={path} paddingTop={2}>
          <Flex justifyContent="space-between">
            <Typography variant="sigma" textColor="neutral600">
              {view.fields.find((field) => field.path === path)?.label ?? path}
            </Typography>
            <LengthCheck value={value.proposed} maxLength={value.maxLength} />
          </Flex>
          <Grid.Root gap={4}>
            <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
              <Typography variant="pi" textColor="neutral600">
                {text('newJob.sample.now')}
              </Typography>
              <FieldValue value={value.before} />
            </Grid.Item>
            <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
              <Typography variant="pi" textColor="primary600">
                {text('newJob.sample.proposed')}
              </Typography>
              <FieldValue value={value.proposed} />
            </Grid.Item>
          </Grid.Root>
        </Box>
      ))}
      {opened && entry.prompt ? <SentPrompt prompt={entry.prompt} /> : null}
    </Box>
  );
}
