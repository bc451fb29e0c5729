import { Box, Button, Flex, Loader, Modal, Typography } from '@strapi/design-system';
import type { ContentTypeView } from '../../../server/src/contracts';
import type { EntryAddress } from '../api/entries';
import { useGetItemQuery, useListItemsQuery } from '../api/jobs';
import { FieldValue } from '../components/FieldValue';
import { Notice } from '../components/Notice';
import { useReasonText } from '../components/reason';
import { useText } from '../components/text';
import { useUndo } from './use-undo';
import { useWatchedJob } from './use-watched-job';

interface GenerateResultProps {
  view: ContentTypeView;
  entry: EntryAddress;
  jobId: string;
  onAgain: () => void;
  onClose: () => void;
}

/** Waits for the one-entry job, then shows what it wrote, with its undo, or why it wrote nothing. */
export function GenerateResult({ view, entry, jobId, onAgain, onClose }: GenerateResultProps) {
  const text = useText();
  const reasonText = useReasonText();
  const { job, over } = useWatchedJob(jobId, entry);
  const items = useListItemsQuery(
    { jobId, page: 1, pageSize: 1 },
    { skip: !over, refetchOnMountOrArgChange: true }
  );
  const { undo, isUndoing, outcome } = useUndo(entry);
  const item = items.currentData?.data[0] ?? null;
  const reason = item?.error ?? item?.message ?? job?.reason ?? null;
  const written = item?.status === 'completed';
  // The list has only the beginnings of long values.
  const whole = useGetItemQuery({ jobId, itemId: item?.id ?? 0 }, { skip: !written });
  const labelOf = (path: string) => view.fields.find((field) => field.path === path)?.label ?? path;
  const fields = Object.keys(item?.values ?? {})
    .map(labelOf)
    .join(', ');

  const words = () => {
    if (!over || (items.isFetching && !item)) {
      return (
        <Flex gap={3} justifyContent="center" padding={5}>
          <Loader small>{text('contentManager.writing')}</Loader>
          <Typography>{text('contentManager.writing')}</Typography>
        </Flex>
      );
    }
    if (outcome?.undone) return <Notice variant="info">{text('contentManager.undone', { fields })}</Notice>;
    if (outcome)
      return (
        <Notice variant="warning">
          {outcome.reason ? reasonText(outcome.reason) : text('contentManager.notUndone', { fields })}
        </Notice>
      );
    if (written) return <Notice variant="info">{text('contentManager.wrote', { fields })}</Notice>;
    return (
      <Notice variant="warning">{reason ? reasonText(reason) : text('contentManager.wroteNothing')}</Notice>
    );
  };

  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4} aria-live="polite">
          {words()}
          {written && item && !outcome
            ? Object.entries((whole.currentData?.data ?? item).values).map(([path, value]) => (
                <Box key={path}>
                  <Typography variant="sigma" textColor="neutral600">
                    {labelOf(path)}
                  </Typography>
                  <FieldValue value={value.written ?? value.proposed} />
                </Box>
              ))
            : null}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        {item?.undoable && !outcome ? (
          <Button
            variant="tertiary"
            loading={isUndoing}
            onClick={() => void undo({ jobId, itemId: item.id })}
          >
            {text('contentManager.undo')}
          </Button>
        ) : (
          <Button variant="tertiary" disabled={!over} onClick={onAgain}>
            {text('contentManager.again')}
          </Button>
        )}
        <Button onClick={onClose}>{text(over ? 'action.done' : 'contentManager.inBackground')}</Button>
      </Modal.Footer>
    </>
  );
}
