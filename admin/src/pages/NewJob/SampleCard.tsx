import { useEffect, useRef } from 'react';
import { Box, Button, Flex, Loader, Typography } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { Notice } from '../../components/Notice';
import { useText } from '../../components/text';
import { Card } from './Card';
import { SampleEntryView } from './SampleEntryView';
import { sampleSize, type SampleState } from './use-sample';

interface SampleCardProps {
  view: ContentTypeView;
  model: string;
  state: SampleState;
  /** How many entries the selection has; undefined while it is counted. */
  total: number | undefined;
  /** False while something that a sample needs is missing. */
  possible: boolean;
}

/** The job tried on a few real entries, before it runs over all of them. */
export function SampleCard({ view, model, state, total, possible }: SampleCardProps) {
  const text = useText();
  const { sample, outdated, isRunning, errors, run } = state;
  const place = useRef<HTMLDivElement>(null);
  // The try may have been asked for beside the top of the page, with this card out of sight.
  useEffect(() => {
    if (isRunning || sample) place.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  }, [isRunning, sample]);
  return (
    <Box ref={place} style={{ scrollMarginTop: '8rem' }}>
      <Card
        number={4}
        title={text('newJob.sample.title')}
        action={
          <Button
            variant="secondary"
            size="S"
            startIcon={<Play />}
            loading={isRunning}
            disabled={!possible}
            onClick={() => void run()}
          >
            {sample ? text('newJob.sample.again') : text('newJob.sample.try', { count: sampleSize(total) })}
          </Button>
        }
      >
        <div aria-live="polite">
          {isRunning ? (
            <Flex gap={3}>
              <Loader small>{text('newJob.sample.running', { model })}</Loader>
              <Typography textColor="neutral600">{text('newJob.sample.running', { model })}</Typography>
            </Flex>
          ) : null}
          {errors && !isRunning ? <Notice variant="danger">{errors.message}</Notice> : null}
          {!sample && !isRunning && !errors ? (
            <Typography textColor="neutral600">{text('newJob.sample.explanation')}</Typography>
          ) : null}
        </div>
        {sample && outdated && !isRunning ? (
          <Notice variant="warning">{text('newJob.sample.outdated')}</Notice>
        ) : null}
        {sample?.entries.map((entry) => (
          <SampleEntryView key={entry.documentId} view={view} entry={entry} />
        ))}
      </Card>
    </Box>
  );
}
