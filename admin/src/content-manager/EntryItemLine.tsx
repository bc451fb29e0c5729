import { Button, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { ContentTypeView, EntryItem } from '../../../server/src/contracts';
import type { EntryAddress } from '../api/entries';
import { jobPath } from '../components/paths';
import { useJobTitle } from '../components/job-title';
import { useReasonText } from '../components/reason';
import { RelativeTime } from '../components/RelativeTime';
import { ItemStatusBadge } from '../components/StatusBadge';
import { useText } from '../components/text';
import { useUndo } from './use-undo';

interface EntryItemLineProps {
  view: ContentTypeView;
  entry: EntryAddress;
  item: EntryItem;
  /** Whether the form holds unsaved changes, which an undo would wipe. */
  modified: boolean;
}

/** One thing that AI did to the entry: in which job, to which fields, how it went, and its undo. */
export function EntryItemLine({ view, entry, item, modified }: EntryItemLineProps) {
  const text = useText();
  const jobTitle = useJobTitle();
  const reasonText = useReasonText();
  const { undo, isUndoing } = useUndo(entry);
  const fields = Object.keys(item.values)
    .map((path) => view.fields.find((field) => field.path === path)?.label ?? path)
    .join(', ');
  const reason = item.error ?? item.message;

  return (
    <Flex tag="li" direction="column" alignItems="flex-start" gap={1}>
      <Flex justifyContent="space-between" gap={2} width="100%">
        <Link tag={NavLink} to={jobPath(item.jobId)}>
          {jobTitle({ title: item.jobTitle, madeTitle: item.jobMadeTitle })}
        </Link>
        <ItemStatusBadge status={item.status} />
      </Flex>
      <Typography variant="pi" textColor="neutral600">
        {fields === '' ? null : `${fields} · `}
        <RelativeTime at={item.at} />
      </Typography>
      {reason ? (
        <Typography variant="pi" textColor="neutral600">
          {reasonText(reason)}
        </Typography>
      ) : null}
      {item.undoable ? (
        <Button
          size="S"
          variant="tertiary"
          loading={isUndoing}
          disabled={modified}
          onClick={() => void undo({ jobId: item.jobId, itemId: item.id })}
          aria-label={text('contentManager.undo.label', { fields })}
        >
          {text('contentManager.undo')}
        </Button>
      ) : null}
    </Flex>
  );
}
