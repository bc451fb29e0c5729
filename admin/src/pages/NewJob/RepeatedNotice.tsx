import { useNavigate } from 'react-router-dom';
import { Button, Typography } from '@strapi/design-system';
import type { JobDetail } from '../../../../server/src/contracts';
import { useJobActionMutation } from '../../api/jobs';
import { useErrorText } from '../../components/errors';
import { Notice } from '../../components/Notice';
import { jobPath } from '../../components/paths';
import { useText } from '../../components/text';

/**
 * For a job whose entries were picked one by one: their list stays with that job, so it is run again as it is, or other
 * entries are chosen here.
 */
export function RepeatedNotice({ job }: { job: JobDetail }) {
  const text = useText();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [act, { isLoading, error }] = useJobActionMutation();
  if (job.selection.kind === 'query') return null;
  const again = async () => {
    const answer = await act({ id: job.id, action: 'duplicate' });
    if ('data' in answer) navigate(jobPath(answer.data.data.id));
  };
  return (
    <Notice
      variant="info"
      title={job.title}
      action={
        job.actions.includes('duplicate') ? (
          <Button variant="secondary" loading={isLoading} onClick={() => void again()}>
            {text('newJob.repeat.same', { count: job.counts.total })}
          </Button>
        ) : undefined
      }
    >
      <Typography>{text('newJob.repeat.explanation', { count: job.counts.total })}</Typography>
      {error ? (
        <Typography textColor="danger600" role="alert">
          {errorText(error)}
        </Typography>
      ) : null}
    </Notice>
  );
}
