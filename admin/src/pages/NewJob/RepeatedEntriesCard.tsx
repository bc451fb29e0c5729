import { useNavigate } from 'react-router-dom';
import { Button, Flex, Typography } from '@strapi/design-system';
import type { JobDetail } from '../../../../server/src/contracts';
import { useJobActionMutation } from '../../api/jobs';
import { useErrorText } from '../../components/errors';
import { jobPath } from '../../components/paths';
import { useJobTitle } from '../../components/job-title';
import { useText } from '../../components/text';
import { Card } from './Card';

interface RepeatedEntriesCardProps {
  job: JobDetail;
  onChooseOthers: () => void;
}

/**
 * The first card for a job whose entries were picked one by one: their list stays with that job, so it is run again as
 * it is, or other entries are chosen. Nothing is chosen until a person does.
 */
export function RepeatedEntriesCard({ job, onChooseOthers }: RepeatedEntriesCardProps) {
  const text = useText();
  const jobTitle = useJobTitle();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [act, { isLoading, error }] = useJobActionMutation();
  const again = async () => {
    const answer = await act({ id: job.id, action: 'duplicate' });
    if ('data' in answer) navigate(jobPath(answer.data.data.id));
  };
  return (
    <Card number={1} title={text('newJob.entries.title')}>
      <Typography>
        {text('newJob.repeat.explanation', { title: jobTitle(job), count: job.counts.total })}
      </Typography>
      {error ? (
        <Typography textColor="danger600" role="alert">
          {errorText(error)}
        </Typography>
      ) : null}
      <Flex gap={2} wrap="wrap">
        {job.actions.includes('duplicate') ? (
          <Button variant="secondary" loading={isLoading} onClick={() => void again()}>
            {text('newJob.repeat.same', { count: job.counts.total })}
          </Button>
        ) : null}
        <Button variant="tertiary" onClick={onChooseOthers}>
          {text('newJob.repeat.others')}
        </Button>
      </Flex>
    </Card>
  );
}
