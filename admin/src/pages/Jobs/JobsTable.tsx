import { Box, Flex, Link, Tbody, Td, Tr, Typography, VisuallyHidden } from '@strapi/design-system';
import { Table } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import type { JobView } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { JobMenu } from '../../components/job-actions/JobMenu';
import type { JobActions } from '../../components/job-actions/use-job-actions';
import { JobProgress } from '../../components/JobProgress';
import { jobPath } from '../../components/paths';
import { RelativeTime } from '../../components/RelativeTime';
import { Skeleton } from '../../components/Skeleton';
import { JobStatusBadge } from '../../components/StatusBadge';
import { useJobTitle } from '../../components/job-title';
import { useText, useTextOr } from '../../components/text';

const COLUMNS = [
  { name: 'title', sortable: true },
  { name: 'entries', sortable: false },
  { name: 'progress', sortable: false },
  { name: 'status', sortable: true },
  { name: 'cost', sortable: false },
  { name: 'createdBy', sortable: false },
  { name: 'createdAt', sortable: true },
];
const SKELETON_ROWS = 5;
const LEAST_IMPORTANT = COLUMNS.findIndex(({ name }) => name === 'createdBy') + 1;

/** The narrower the window the less air, then a column less, so that a row is seen as a whole, with its menu. */
const JobsBox = styled(Box)`
  @media (max-width: 1400px) {
    th,
    td {
      padding-inline: ${({ theme }) => theme.spaces[2]};
    }
  }
  @media (max-width: 1240px) {
    :is(th, td):nth-child(${LEAST_IMPORTANT}) {
      display: none;
    }
  }
`;

function JobRow({ job, ask }: { job: JobView; ask: JobActions['ask'] }) {
  const text = useText();
  const jobTitle = useJobTitle();
  const textOr = useTextOr();
  const format = useFormat();
  return (
    <Tr>
      <Td>
        <Flex
          direction="column"
          alignItems="flex-start"
          minWidth="18rem"
          maxWidth="32rem"
          paddingTop={2}
          paddingBottom={2}
          style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}
        >
          <Link tag={NavLink} to={jobPath(job.id)}>
            {jobTitle(job)}
          </Link>
          {job.type === 'fill-fields' ? null : (
            <Typography variant="pi" textColor="neutral600">
              {textOr(`jobType.${job.type}`, job.type)}
            </Typography>
          )}
        </Flex>
      </Td>
      <Td>
        <Typography>
          {job.singleType
            ? job.contentTypeLabel
            : text('jobs.entries', {
                count: job.counts.total,
                type: job.counts.total === 1 ? job.contentTypeLabel : job.contentTypePlural,
              })}
        </Typography>
      </Td>
      <Td>
        <JobProgress job={job} />
      </Td>
      <Td>
        <JobStatusBadge status={job.status} />
      </Td>
      <Td>
        <Typography>{format.cost(job.costUsd)}</Typography>
      </Td>
      <Td>
        <Typography ellipsis>{job.createdBy?.name ?? '–'}</Typography>
      </Td>
      <Td>
        <Typography>
          <RelativeTime at={job.createdAt} />
        </Typography>
      </Td>
      <Td>
        <JobMenu job={job} ask={ask} withOpen />
      </Td>
    </Tr>
  );
}

function LoadingRows() {
  return (
    <Tbody aria-hidden>
      {Array.from({ length: SKELETON_ROWS }, (_row, row) => (
        <Tr key={row}>
          {Array.from({ length: COLUMNS.length + 1 }, (_cell, cell) => (
            <Td key={cell}>
              <Skeleton height="1.6rem" width={cell === 0 ? '18rem' : '8rem'} />
            </Td>
          ))}
        </Tr>
      ))}
    </Tbody>
  );
}

interface Props {
  jobs: JobView[];
  isLoading: boolean;
  ask: JobActions['ask'];
}

/** One page of jobs, each with how far it is and what can be done with it. */
export function JobsTable({ jobs, isLoading, ask }: Props) {
  const text = useText();
  const headers = COLUMNS.map((column) => ({ ...column, label: text(`jobs.column.${column.name}`) }));
  return (
    <JobsBox aria-busy={isLoading}>
      <Table.Root rows={jobs} headers={headers}>
        <Table.Content>
          <Table.Head>
            {headers.map((header) => (
              <Table.HeaderCell key={header.name} {...header} />
            ))}
            <Td>
              <VisuallyHidden>{text('jobs.column.actions')}</VisuallyHidden>
            </Td>
          </Table.Head>
          {isLoading ? (
            <LoadingRows />
          ) : (
            <Table.Body>
              {jobs.map((job) => (
                <JobRow key={job.id} job={job} ask={ask} />
              ))}
            </Table.Body>
          )}
        </Table.Content>
      </Table.Root>
    </JobsBox>
  );
}
