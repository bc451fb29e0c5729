import { useState } from 'react';
import { Box, Combobox, ComboboxOption, Field, Flex, Loader, Typography } from '@strapi/design-system';
import { useDebounce } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { useSearchEntriesQuery, type EntrySearchResponse } from '../../api/entries';
import { FieldValue } from '../../components/FieldValue';
import { useTemplateCheck } from '../../components/prompt/use-template-check';
import { useText } from '../../components/text';

const SEARCH_PAUSE_MS = 300;
/** Attributes that most often hold an entry's title. */
const TITLE_NAMES = ['title', 'name', 'label', 'displayName', 'slug'];

const Sticky = styled(Box)`
  position: sticky;
  /* Clear of Strapi's header, which sticks as well. */
  top: ${({ theme }) => theme.spaces[11]};
`;

function labelOf(entry: EntrySearchResponse['results'][number]): string {
  const title = TITLE_NAMES.map((name) => entry[name]).find(
    (value) => typeof value === 'string' && value !== ''
  );
  return typeof title === 'string' ? title : entry.documentId;
}

/** What the template gives for a real entry, chosen here. */
export function PromptPreview({ view, template }: { view: ContentTypeView; template: string }) {
  const text = useText();
  const [documentId, setDocumentId] = useState('');
  const [typed, setTyped] = useState('');
  const [typing, setTyping] = useState(false);
  const search = useDebounce(typed, SEARCH_PAUSE_MS);
  const locale = view.localized ? view.defaultLocale : null;
  const entries = useSearchEntriesQuery({
    contentType: view.uid,
    singleType: view.singleType,
    locale,
    search,
  });
  const check = useTemplateCheck({
    contentType: view.uid,
    template: documentId === '' ? '' : template,
    documentId: documentId || undefined,
    locale: locale ?? undefined,
  });
  const listed = entries.data?.results ?? [];
  return (
    <Sticky tag="aside" background="neutral0" hasRadius shadow="tableShadow" padding={5}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="h2" variant="delta">
          {text('prompts.preview')}
        </Typography>
        <Field.Root name="previewEntry">
          <Field.Label>{text('prompts.preview.entry', { type: view.label })}</Field.Label>
          <Combobox
            autocomplete={typing ? { type: 'list', filter: 'contains' } : 'none'}
            onOpenChange={(open: boolean) => setTyping((already) => open && already)}
            value={documentId}
            onChange={(id: string | undefined) => setDocumentId(id ?? '')}
            onInputChange={(event: React.ChangeEvent<HTMLInputElement>) => {
              setTyped(event.target.value);
              setTyping(true);
            }}
            onClear={() => {
              setDocumentId('');
              setTyped('');
            }}
            clearLabel={text('action.clear')}
            loading={entries.isFetching}
            loadingMessage={text('prompts.preview.loading')}
            noOptionsMessage={() => text('prompts.preview.noEntries')}
            placeholder={text('prompts.preview.choose')}
          >
            {listed.map((entry) => (
              <ComboboxOption key={entry.documentId} value={entry.documentId}>
                {labelOf(entry)}
              </ComboboxOption>
            ))}
          </Combobox>
        </Field.Root>
        <div aria-live="polite">
          {documentId === '' ? (
            <Typography textColor="neutral600">{text('prompts.preview.explanation')}</Typography>
          ) : check.checking && check.rendered === null ? (
            <Loader small>{text('template.checking')}</Loader>
          ) : check.problems.length > 0 ? (
            <Typography textColor="danger600">{text('prompts.preview.problems')}</Typography>
          ) : (
            <FieldValue value={check.rendered} />
          )}
        </div>
      </Flex>
    </Sticky>
  );
}
