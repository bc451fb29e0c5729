import type { ReactNode } from 'react';
import { Button, Flex, Link, MenuItem, Typography } from '@strapi/design-system';
import { ArrowClockwise, Cross, Download, Play, Rocket, Stop } from '@strapi/icons';
import { BackButton, Layouts } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import type { JobAction, JobDetail } from '../../../../server/src/contracts';
import { JobMenu } from '../../components/job-actions/JobMenu';
import type { JobActions } from '../../components/job-actions/use-job-actions';
import { jobPath, JOBS_PATH } from '../../components/paths';
import { RelativeTime } from '../../components/RelativeTime';
import { JobStatusBadge } from '../../components/StatusBadge';
import { useJobTitle } from '../../components/job-title';
import { useText, useTextOr } from '../../components/text';
import { useExport } from './use-export';

/** The actions with a button of their own, where the job allows them; the others are in the menu. */
const BUTTONS: { action: JobAction; icon: ReactNode; variant: 'default' | 'secondary' | 'tertiary' }[] = [
  { action: 'publish', icon: <Rocket />, variant: 'default' },
  { action: 'retry', icon: <ArrowClockwise />, variant: 'secondary' },
  { action: 'resume', icon: <Play />, variant: 'default' },
  { action: 'pause', icon: <Stop />, variant: 'secondary' },
  { action: 'cancel', icon: <Cross />, variant: 'tertiary' },
];

/** The job's name, status, origin, and what can be done with it. */
export function JobHeader({ job, ask, busy }: { job: JobDetail } & Pick<JobActions, 'ask' | 'busy'>) {
  const text = useText();
  const jobTitle = useJobTitle();
  const textOr = useTextOr();
  const { exportItems, isExporting } = useExport(job);
  const shown = BUTTONS.filter(({ action }) => job.actions.includes(action));
  return (
    <Layouts.Header
      navigationAction={<BackButton fallback={JOBS_PATH} />}
      title={jobTitle(job)}
      subtitle={
        <Flex gap={3} wrap="wrap">
          <JobStatusBadge status={job.status} />
          <Typography textColor="neutral600">
            {textOr(`jobType.${job.type}`, job.type)} · {job.contentTypePlural} · {job.createdBy?.name ?? '–'}{' '}
            · <RelativeTime at={job.createdAt} />
          </Typography>
          {job.sourceJobId ? (
            <Link tag={NavLink} to={jobPath(job.sourceJobId)}>
              {text(job.type === 'fill-fields' ? 'job.openOriginal' : 'job.openSource')}
            </Link>
          ) : null}
        </Flex>
      }
      primaryAction={
        <Flex gap={2} wrap="wrap">
          {shown.map(({ action, icon, variant }) => (
            <Button
              key={action}
              variant={variant}
              startIcon={icon}
              disabled={busy}
              onClick={() => ask(job, action)}
            >
              {text(`jobAction.${action}`, { count: job.counts.completed })}
            </Button>
          ))}
          <JobMenu job={job} ask={ask} without={shown.map(({ action }) => action)}>
            <MenuItem startIcon={<Download />} disabled={isExporting} onSelect={exportItems}>
              {text(isExporting ? 'export.running' : 'export.open')}
            </MenuItem>
          </JobMenu>
        </Flex>
      }
    />
  );
}
