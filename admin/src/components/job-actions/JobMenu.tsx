import type { ReactNode } from 'react';
import { MenuItem } from '@strapi/design-system';
import {
  ArrowClockwise,
  ClockCounterClockwise,
  Cross,
  Duplicate,
  Eye,
  Hashtag,
  Play,
  Rocket,
  Stop,
  Trash,
} from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { JobAction, JobView } from '../../../../server/src/contracts';
import { jobPath } from '../paths';
import { RowMenu } from '../RowMenu';
import { useJobTitle } from '../job-title';
import { useText } from '../text';
import type { JobActions } from './use-job-actions';

const ICONS: Record<JobAction, ReactNode> = {
  pause: <Stop />,
  resume: <Play />,
  cancel: <Cross />,
  retry: <ArrowClockwise />,
  undo: <ClockCounterClockwise />,
  publish: <Rocket />,
  duplicate: <Duplicate />,
  delete: <Trash />,
};

interface Props {
  job: JobView;
  ask: JobActions['ask'];
  /** Whether to offer the way to the job's page. */
  withOpen?: boolean;
  /** Actions that have a button of their own beside the menu. */
  without?: JobAction[];
  children?: ReactNode;
}

/** All that can be done with a job now, behind its ⋯ button. */
export function JobMenu({ job, ask, withOpen = false, without = [], children }: Props) {
  const text = useText();
  const jobTitle = useJobTitle();
  const navigate = useNavigate();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();

  const copyId = async () => {
    if (await copy(job.id))
      toggleNotification({ type: 'success', message: text('job.idCopied', { id: job.id }) });
  };

  return (
    <RowMenu label={text('job.moreActions', { title: jobTitle(job) })}>
      {withOpen ? (
        <MenuItem startIcon={<Eye />} onSelect={() => navigate(jobPath(job.id))}>
          {text('action.open')}
        </MenuItem>
      ) : null}
      {job.actions
        .filter((action) => !without.includes(action) && action !== 'delete')
        .map((action) => (
          <MenuItem key={action} startIcon={ICONS[action]} onSelect={() => ask(job, action)}>
            {text(`jobAction.${action}`, { count: job.counts.completed })}
          </MenuItem>
        ))}
      <MenuItem startIcon={<Hashtag />} onSelect={() => void copyId()}>
        {text('action.copyId')}
      </MenuItem>
      {children}
      {job.actions.includes('delete') ? (
        <MenuItem variant="danger" startIcon={ICONS.delete} onSelect={() => ask(job, 'delete')}>
          {text('jobAction.delete')}
        </MenuItem>
      ) : null}
    </RowMenu>
  );
}
