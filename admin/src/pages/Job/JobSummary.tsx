import { Box, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import type { ItemStatus, JobDetail } from '../../../../server/src/contracts';
import { waitsForSetUp } from '../../../../server/src/contracts/reason';
import { Bar } from '../../components/Bar';
import { useFormat } from '../../components/format';
import { endedItems, isScheduled } from '../../components/job-progress';
import { useReasonText } from '../../components/reason';
import { useJobTitle } from '../../components/job-title';
import { useText } from '../../components/text';

const OUTCOMES: ItemStatus[] = ['completed', 'review', 'skipped', 'conflict', 'failed', 'cancelled'];

/** How far the job is, how fast, what it cost, how its entries ended; and why it stands still, if it does. */
export function JobSummary({ job }: { job: JobDetail }) {
  const text = useText();
  const jobTitle = useJobTitle();
  const format = useFormat();
  const reasonText = useReasonText();
  const ended = endedItems(job);
  const figures = [
    isScheduled(job) && job.startAt
      ? text('progress.startsAt', { time: format.startTime(job.startAt) })
      : null,
    !job.listed ? text('progress.listingSoFar', { count: job.counts.total }) : null,
    text('summary.ended', { ended, total: job.counts.total }),
    job.status === 'processing' && job.etaSeconds !== null ? format.timeLeft(job.etaSeconds) : null,
    job.status === 'processing' && job.itemsPerMinute !== null
      ? text('summary.rate', {
          count: format.number(job.itemsPerMinute < 10 ? job.itemsPerMinute : Math.round(job.itemsPerMinute)),
        })
      : null,
    job.costUsd === null ? null : format.cost(job.costUsd),
  ].filter((figure) => figure !== null);
  const outcomes = OUTCOMES.filter((status) => job.counts[status] > 0).map((status) =>
    text(`summary.outcome.${status}`, { count: job.counts[status] })
  );

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={5}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" gap={4} wrap="wrap">
          <Typography fontWeight="bold">{figures.join(' · ')}</Typography>
          <Typography textColor="neutral600">{outcomes.join(' · ')}</Typography>
        </Flex>
        <Bar
          label={text('progress.label', { title: jobTitle(job) })}
          progress={job.progress}
          status={job.status}
        />
        <VisuallyHidden aria-live="polite">
          {text('summary.announce', {
            status: text(`jobStatus.${job.status}`),
            percent: Math.floor(job.progress * 4) * 25,
          })}
        </VisuallyHidden>
        {job.reason ? (
          <Box
            role={job.status === 'paused' || job.status === 'failed' ? 'alert' : undefined}
            background={job.status === 'failed' ? 'danger100' : 'warning100'}
            hasRadius
            padding={3}
          >
            <Typography textColor={job.status === 'failed' ? 'danger700' : 'warning700'}>
              {reasonText(job.reason)}
              {waitsForSetUp(job) ? ` ${text('summary.resumeHint')}` : null}
            </Typography>
          </Box>
        ) : null}
      </Flex>
    </Box>
  );
}
