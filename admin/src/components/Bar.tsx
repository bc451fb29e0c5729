import { ProgressBar } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { JobStatus } from '../../../server/src/contracts';

const COLORS = {
  pending: 'primary600',
  processing: 'primary600',
  paused: 'warning500',
  completed: 'success500',
  failed: 'danger500',
  cancelled: 'neutral400',
} as const satisfies Record<JobStatus, string>;

/** Strapi's progress bar is made for dark notices; this one stands on any background, as wide as its place. */
const WideBar = styled(ProgressBar)<{ $status: JobStatus }>`
  width: 100%;
  background-color: ${({ theme }) => theme.colors.neutral200};

  && > div {
    background-color: ${({ theme, $status }) => theme.colors[COLORS[$status]]};
  }
`;

interface Props {
  label: string;
  /** 0 to 1. */
  progress: number;
  status: JobStatus;
  size?: 'S' | 'M';
}

/** How far a job is, coloured by where it stands. */
export function Bar({ label, progress, status, size = 'M' }: Props) {
  const percent = Math.floor(progress * 100);
  return <WideBar aria-label={label} aria-valuenow={percent} value={percent} size={size} $status={status} />;
}
