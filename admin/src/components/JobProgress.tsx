import { Flex, Typography } from '@strapi/design-system';
import type { JobView } from '../../../server/src/contracts';
import { Bar } from './Bar';
import { useFormat } from './format';
import { endedItems, isScheduled } from './job-progress';
import { useJobTitle } from './job-title';
import { useText, type Text } from './text';
import type { Format } from './format';

/** How far a job is, in words: `61/84 · 2 min left`, `48 (3 failed)`. */
export function progressWords(job: JobView, text: Text, format: Format): string {
  if (isScheduled(job) && job.startAt !== null) {
    return text('progress.startsAt', { time: format.startTime(job.startAt) });
  }
  if (!job.listed && job.counts.total === 0) return text('progress.listing');
  const { total, failed } = job.counts;
  const ended = endedItems(job);
  const count = ended === total ? format.number(total) : `${format.number(ended)}/${format.number(total)}`;
  const words = failed > 0 ? text('progress.withFailed', { count, failed }) : count;
  return job.status === 'processing' && job.etaSeconds !== null
    ? `${words} · ${format.timeLeft(job.etaSeconds)}`
    : words;
}

/** A job's bar with its words, as a row of a list shows it. */
export function JobProgress({ job }: { job: JobView }) {
  const text = useText();
  const jobTitle = useJobTitle();
  const format = useFormat();
  const words = progressWords(job, text, format);
  return (
    <Flex direction="column" alignItems="stretch" gap={1} minWidth="14rem">
      <Bar
        label={text('progress.label', { title: jobTitle(job) })}
        progress={job.progress}
        status={job.status}
        size="S"
      />
      <Typography variant="pi" textColor="neutral600">
        {words}
      </Typography>
    </Flex>
  );
}
