import { Status, Typography, type StatusVariant } from '@strapi/design-system';
import type { ItemStatus, JobStatus } from '../../../server/src/contracts';
import { useText } from './text';

const JOB_VARIANTS: Record<JobStatus, StatusVariant> = {
  pending: 'secondary',
  processing: 'primary',
  paused: 'warning',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

const ITEM_VARIANTS: Record<ItemStatus, StatusVariant> = {
  pending: 'secondary',
  processing: 'primary',
  review: 'alternative',
  completed: 'success',
  failed: 'danger',
  skipped: 'neutral',
  conflict: 'warning',
  cancelled: 'neutral',
};

function Label({ variant, children }: { variant: StatusVariant; children: string }) {
  return (
    <Status variant={variant} size="S" width="max-content">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {children}
      </Typography>
    </Status>
  );
}

/** Where a job stands. */
export function JobStatusBadge({ status }: { status: JobStatus }) {
  const text = useText();
  return <Label variant={JOB_VARIANTS[status]}>{text(`jobStatus.${status}`)}</Label>;
}

/** Where an item stands. */
export function ItemStatusBadge({ status }: { status: ItemStatus }) {
  const text = useText();
  return <Label variant={ITEM_VARIANTS[status]}>{text(`itemStatus.${status}`)}</Label>;
}
