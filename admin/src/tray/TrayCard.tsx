import type { MouseEvent } from 'react';
import { Box, Flex, IconButton, Link, Typography } from '@strapi/design-system';
import { CheckCircle, Cross, Sparkle, WarningCircle } from '@strapi/icons';
import type { JobView } from '../../../server/src/contracts';
import { Bar } from '../components/Bar';
import { useFormat } from '../components/format';
import { isRunning } from '../components/job-progress';
import { progressWords } from '../components/JobProgress';
import { jobPath } from '../components/paths';
import { useReasonText } from '../components/reason';
import { useJobTitle } from '../components/job-title';
import { useText } from '../components/text';
import { useEndWords } from './end-words';
import type { Session } from './session';

interface Props {
  job: JobView;
  session: Session;
  onDismiss: () => void;
}

function StateIcon({ job }: { job: JobView }) {
  if (isRunning(job)) return <Sparkle aria-hidden fill="primary600" />;
  if (job.status === 'completed' && job.counts.failed === 0)
    return <CheckCircle aria-hidden fill="success600" />;
  return <WarningCircle aria-hidden fill={job.status === 'failed' ? 'danger600' : 'warning600'} />;
}

/** One job in the corner: how far it is, or how it ended, and the way to it. */
export function TrayCard({ job, session, onDismiss }: Props) {
  const text = useText();
  const jobTitle = useJobTitle();
  const format = useFormat();
  const reasonText = useReasonText();
  const endWords = useEndWords();
  const path = jobPath(job.id);
  const words = isRunning(job)
    ? progressWords(job, text, format)
    : job.status === 'paused'
      ? job.reason
        ? reasonText(job.reason)
        : text('jobStatus.paused')
      : endWords(job);

  const open = (event: MouseEvent) => {
    // A modified click is the browser's: a new tab, a new window.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    session.navigate(path);
  };

  return (
    <Box
      background="neutral0"
      borderColor="neutral200"
      shadow="popupShadow"
      hasRadius
      padding={3}
      width="100%"
    >
      <Flex gap={2} alignItems="flex-start">
        <Box paddingTop={1}>
          <StateIcon job={job} />
        </Box>
        <Flex direction="column" alignItems="stretch" gap={2} flex={1} minWidth={0}>
          <Link href={`${session.home}${path}`} onClick={open}>
            {jobTitle(job)}
          </Link>
          {isRunning(job) ? (
            <Bar
              label={text('progress.label', { title: jobTitle(job) })}
              progress={job.progress}
              status={job.status}
              size="S"
            />
          ) : null}
          <Typography variant="pi" textColor="neutral600" aria-live={isRunning(job) ? 'off' : 'polite'}>
            {words}
          </Typography>
        </Flex>
        <IconButton
          variant="ghost"
          size="XS"
          withTooltip={false}
          label={text('tray.dismiss', { title: jobTitle(job) })}
          onClick={onDismiss}
        >
          <Cross />
        </IconButton>
      </Flex>
    </Box>
  );
}
