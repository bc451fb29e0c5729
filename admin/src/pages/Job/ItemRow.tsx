import { Button, Flex, IconButton, Link, MenuItem, Td, Tr, Typography } from '@strapi/design-system';
import {
  ArrowClockwise,
  ChevronDown,
  ChevronRight,
  ClockCounterClockwise,
  ExternalLink,
} from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { ItemStatus, ItemView } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { LinkCell } from '../../components/LinkCell';
import { entryPath } from '../../components/paths';
import { useReasonText } from '../../components/reason';
import { RowMenu } from '../../components/RowMenu';
import { ItemStatusBadge } from '../../components/StatusBadge';
import { useText } from '../../components/text';
import { ItemChange } from './ItemChange';
import { ItemDetails } from './ItemDetails';
import type { ItemActions } from './use-item-actions';

export const ITEM_COLUMNS = ['entry', 'change', 'status', 'duration', 'tokens', 'cost'];
const RETRIED: ItemStatus[] = ['failed', 'conflict', 'skipped'];

interface Props {
  item: ItemView;
  jobId: string;
  /** Whether the reader may have items of this job tried again. */
  mayRetry: boolean;
  actions: ItemActions;
  isOpen: boolean;
  onToggle: () => void;
}

/** One entry of a job: what was done with it, and on request everything about it. */
export function ItemRow({ item, jobId, mayRetry, actions, isOpen, onToggle }: Props) {
  const text = useText();
  const format = useFormat();
  const reasonText = useReasonText();
  const reason = item.error ?? item.message;
  const tokens = item.usage ? item.usage.inputTokens + item.usage.outputTokens : null;
  const showsRetry = mayRetry && RETRIED.includes(item.status);
  const label = item.label || item.documentId;

  return (
    <>
      <Tr>
        <Td>
          <IconButton
            variant="ghost"
            label={text(isOpen ? 'item.close' : 'item.open', { label })}
            aria-expanded={isOpen}
            onClick={onToggle}
          >
            {isOpen ? <ChevronDown /> : <ChevronRight />}
          </IconButton>
        </Td>
        <Td>
          <LinkCell>
            <Link tag={NavLink} to={entryPath(item)} title={label} endIcon={<ExternalLink aria-hidden />}>
              {label}
            </Link>
          </LinkCell>
        </Td>
        <Td>
          <Flex
            direction="column"
            alignItems="flex-start"
            gap={1}
            maxWidth="44rem"
            style={{ whiteSpace: 'normal' }}
          >
            <ItemChange values={item.values} />
            {reason ? (
              <Typography variant="pi" textColor={item.error ? 'danger600' : 'neutral600'}>
                {reasonText(reason)}
              </Typography>
            ) : null}
          </Flex>
        </Td>
        <Td>
          <ItemStatusBadge status={item.status} />
        </Td>
        <Td>
          <Typography>{format.duration(item.durationMs)}</Typography>
        </Td>
        <Td>
          <Typography>{format.tokens(tokens)}</Typography>
        </Td>
        <Td>
          <Typography>{format.cost(item.usage?.costUsd ?? null)}</Typography>
        </Td>
        <Td>
          {showsRetry || item.undoable ? (
            <RowMenu label={text('item.moreActions', { label })}>
              {showsRetry ? (
                <MenuItem startIcon={<ArrowClockwise />} onSelect={() => actions.retry(item)}>
                  {text('itemAction.retry')}
                </MenuItem>
              ) : null}
              {item.undoable ? (
                <MenuItem startIcon={<ClockCounterClockwise />} onSelect={() => actions.undo(item)}>
                  {text('itemAction.undo')}
                </MenuItem>
              ) : null}
            </RowMenu>
          ) : null}
        </Td>
      </Tr>
      {isOpen ? (
        <Tr>
          <Td colSpan={ITEM_COLUMNS.length + 2} background="neutral100">
            <ItemDetails
              jobId={jobId}
              itemId={item.id}
              running={item.status === 'pending' || item.status === 'processing'}
              actions={
                showsRetry || item.undoable ? (
                  <Flex gap={2}>
                    {showsRetry ? (
                      <Button
                        size="S"
                        variant="secondary"
                        startIcon={<ArrowClockwise />}
                        onClick={() => actions.retry(item)}
                      >
                        {text('itemAction.retry')}
                      </Button>
                    ) : null}
                    {item.undoable ? (
                      <Button
                        size="S"
                        variant="tertiary"
                        startIcon={<ClockCounterClockwise />}
                        onClick={() => actions.undo(item)}
                      >
                        {text('itemAction.undo')}
                      </Button>
                    ) : null}
                  </Flex>
                ) : null
              }
            />
          </Td>
        </Tr>
      ) : null}
    </>
  );
}
