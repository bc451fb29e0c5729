import { useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { Sparkle } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import type { ContentTypeView, EntryItem } from '../../../server/src/contracts';
import { useListEntryItemsQuery, type EntryAddress } from '../api/entries';
import { useErrorText } from '../components/errors';
import { useText } from '../components/text';
import { usePageVisible } from '../components/use-polling';
import { EntryItemLine } from './EntryItemLine';
import { GenerateHere } from './GenerateHere';
import { useFormReload } from './use-form-reload';

const ACTIVE_MS = 2_000;
const SHOWN = 5;

const isActive = ({ status }: EntryItem) => status === 'pending' || status === 'processing';

/** Follows what AI does to this entry: live while something runs, at rest otherwise. */
function useEntryItems(entry: EntryAddress) {
  const visible = usePageVisible();
  const known = useListEntryItemsQuery(entry, { refetchOnMountOrArgChange: true });
  const active = known.currentData?.data.some(isActive) ?? false;
  useListEntryItemsQuery(entry, { pollingInterval: active && visible ? ACTIVE_MS : 0 });
  return { items: known.currentData?.data ?? [], active, isLoading: known.isLoading, error: known.error };
}

/** What AI wrote into an entry, newest first, each with its undo; and the button that has more written. */
export function EntryPanel({ view, entry }: { view: ContentTypeView; entry: EntryAddress }) {
  const text = useText();
  const errorText = useErrorText();
  const [generating, setGenerating] = useState(false);
  const modified = useForm('AiJobsEntryPanel', (form) => form.modified, false) ?? false;
  const { items, active, isLoading, error } = useEntryItems(entry);
  const { stale, reload } = useFormReload(entry, active, modified);

  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      <Button
        variant="secondary"
        fullWidth
        startIcon={<Sparkle />}
        disabled={modified}
        onClick={() => setGenerating(true)}
      >
        {text('contentManager.generate')}
      </Button>
      {modified ? (
        <Typography variant="pi" textColor="neutral600">
          {text('contentManager.saveFirst')}
        </Typography>
      ) : null}
      {stale ? (
        <Flex direction="column" alignItems="flex-start" gap={2} role="status">
          <Typography variant="pi" textColor="warning600">
            {text('contentManager.stale')}
          </Typography>
          <Button size="S" variant="tertiary" onClick={reload}>
            {text('contentManager.reload')}
          </Button>
        </Flex>
      ) : null}
      {error ? (
        <Typography variant="pi" textColor="danger600">
          {errorText(error)}
        </Typography>
      ) : null}
      {!isLoading && !error && items.length === 0 ? (
        <Typography variant="pi" textColor="neutral600">
          {text('contentManager.nothingYet')}
        </Typography>
      ) : null}
      {items.length > 0 ? (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3} aria-live="polite">
          {items.slice(0, SHOWN).map((item) => (
            <EntryItemLine key={item.id} view={view} entry={entry} item={item} modified={modified} />
          ))}
        </Flex>
      ) : null}
      <Modal.Root open={generating} onOpenChange={setGenerating}>
        <Modal.Content>
          <Modal.Header closeLabel={text('action.close')}>
            <Modal.Title>{text('contentManager.generate')}</Modal.Title>
          </Modal.Header>
          <GenerateHere view={view} entry={entry} onClose={() => setGenerating(false)} />
        </Modal.Content>
      </Modal.Root>
    </Flex>
  );
}
