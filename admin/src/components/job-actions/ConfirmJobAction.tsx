import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import type { JobAction, JobView } from '../../../../server/src/contracts';
import { useJobTitle } from '../job-title';
import { useText } from '../text';

/** What a person asked a job to do. */
export interface JobRequest {
  job: JobView;
  action: JobAction;
  /** For a retry: only what failed with this code. */
  errorCode?: string | undefined;
}

const CONFIRMED = ['cancel', 'undo', 'delete', 'publish'] as const;
type ConfirmedAction = (typeof CONFIRMED)[number];

const isConfirmed = (action: JobAction): action is ConfirmedAction =>
  CONFIRMED.some((candidate) => candidate === action);

/** Whether an action is asked about before it is done. */
export function needsConfirmation(action: JobAction): boolean {
  return isConfirmed(action);
}

interface Props {
  request: JobRequest | null;
  busy: boolean;
  onConfirm: (request: JobRequest) => void;
  onClose: () => void;
}

/** Asks before what cannot be taken back: says what will happen, to how many entries. */
export function ConfirmJobAction({ request, busy, onConfirm, onClose }: Props) {
  const text = useText();
  const jobTitle = useJobTitle();
  const action = request?.action ?? 'cancel';
  const values = { title: request ? jobTitle(request.job) : '', count: request?.job.counts.completed ?? 0 };
  const variant = action === 'publish' || action === 'undo' ? 'default' : 'danger-light';
  return (
    <Dialog.Root open={request !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      {request === null ? null : (
        <ConfirmDialog
          title={text(`jobAction.${action}.title`, values)}
          startAction={
            <Dialog.Cancel>
              <Button variant="tertiary" fullWidth>
                {text('action.goBack')}
              </Button>
            </Dialog.Cancel>
          }
          endAction={
            <Button variant={variant} fullWidth loading={busy} onClick={() => onConfirm(request)}>
              {text(`jobAction.${action}.confirm`, values)}
            </Button>
          }
        >
          {text(`jobAction.${action}.explain`, values)}
        </ConfirmDialog>
      )}
    </Dialog.Root>
  );
}
