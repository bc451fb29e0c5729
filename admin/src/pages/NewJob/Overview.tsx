import { useState } from 'react';
import {
  Box,
  Button,
  Field,
  Flex,
  Searchbar,
  SearchForm,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ContentTypeView, FieldView } from '../../../../server/src/contracts';
import { Bar } from '../../components/Bar';
import { useFormat } from '../../components/format';
import { Notice } from '../../components/Notice';
import { useText } from '../../components/text';
import type { ListQuery } from './opening';

const SEARCH_FROM_TYPES = 6;

/** Cards of unequal height, below each other without gaps. */
const Columns = styled.div`
  columns: 2 52rem;
  column-gap: ${({ theme }) => theme.spaces[4]};
`;
const TypeCard = styled(Box)`
  break-inside: avoid;
  margin-bottom: ${({ theme }) => theme.spaces[4]};
`;

interface OverviewProps {
  contentTypes: ContentTypeView[];
  /** A content type the address asked for and that is not there for this reader. */
  unknown: string | null;
  onChoose: (query: ListQuery) => void;
}

/** One field of a type: how much of it is filled, and the way to fill the rest. */
function FieldLine({
  view,
  field,
  onChoose,
}: {
  view: ContentTypeView;
  field: FieldView;
  onChoose: () => void;
}) {
  const text = useText();
  const { empty } = field;
  const filled = view.total === 0 ? 1 : (view.total - empty) / view.total;
  const state = text('newJob.overview.empty', { empty, total: view.total });
  return (
    <Flex gap={3} paddingTop={2} paddingBottom={2}>
      <Box flex="1 1 10rem" minWidth="0">
        <Typography ellipsis title={field.label}>
          {field.label}
        </Typography>
      </Box>
      <Box flex="0 0 10rem">
        <Bar
          label={`${field.label}: ${state}`}
          progress={filled}
          status={empty === 0 ? 'completed' : 'processing'}
          size="S"
        />
      </Box>
      <Box flex="0 0 14rem">
        <Typography variant="pi" textColor={empty === 0 ? 'neutral500' : 'neutral800'}>
          {state}
        </Typography>
      </Box>
      <Flex flex="0 0 8.5rem" justifyContent="flex-end">
        <Button
          size="S"
          variant="tertiary"
          onClick={onChoose}
          disabled={view.total === 0}
          aria-label={text('newJob.overview.fillField', { field: field.label, type: view.pluralLabel })}
        >
          {text(empty === 0 ? 'newJob.overview.rewrite' : 'newJob.overview.fill')}
        </Button>
      </Flex>
    </Flex>
  );
}

/** How many texts of a type are missing, in all its fields. */
const missingIn = ({ fields }: ContentTypeView) => fields.reduce((sum, { empty }) => sum + empty, 0);

/** A type with the counts of one of its languages in the place of those of its own first one. */
function inLocale(view: ContentTypeView, locale: string | null): ContentTypeView {
  const counts = view.perLocale.find((candidate) => candidate.locale === locale);
  if (!counts) return view;
  return {
    ...view,
    defaultLocale: counts.locale,
    total: counts.total,
    fields: view.fields.map((field) => ({ ...field, empty: counts.empty[field.path] ?? 0 })),
  };
}

/** Where texts are missing: content types and their fields, each a click away from being filled. */
export function Overview({ contentTypes, unknown, onChoose }: OverviewProps) {
  const text = useText();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const [chosenLocale, setChosenLocale] = useState<string | null>(null);
  const locales = [...new Set(contentTypes.flatMap((view) => view.locales))];
  const locale = chosenLocale ?? contentTypes.find((view) => view.defaultLocale)?.defaultLocale ?? null;
  const wanted = search.trim().toLowerCase();
  const shown = contentTypes
    .map((view) => inLocale(view, locale))
    .filter(
      ({ pluralLabel, fields }) =>
        pluralLabel.toLowerCase().includes(wanted) ||
        fields.some(({ label }) => label.toLowerCase().includes(wanted))
    )
    .sort((one, other) => missingIn(other) - missingIn(one));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {unknown ? <Notice variant="warning">{text('newJob.unknownType', { type: unknown })}</Notice> : null}
      <Flex wrap="wrap" gap={4}>
        {contentTypes.length >= SEARCH_FROM_TYPES ? (
          <Box flex="0 1 32rem">
            <SearchForm onSubmit={(event: React.FormEvent) => event.preventDefault()}>
              <Searchbar
                name="search"
                value={search}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) => setSearch(event.target.value)}
                onClear={() => setSearch('')}
                clearLabel={text('action.clear')}
                placeholder={text('newJob.overview.search')}
              >
                {text('newJob.overview.search')}
              </Searchbar>
            </SearchForm>
          </Box>
        ) : null}
        {locales.length > 1 ? (
          <Field.Root name="locale">
            <Flex gap={2}>
              <Field.Label>{text('newJob.entries.locale')}</Field.Label>
              <SingleSelect size="S" value={locale} onChange={(value) => setChosenLocale(String(value))}>
                {locales.map((code) => (
                  <SingleSelectOption key={code} value={code}>
                    {format.language(code)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Flex>
          </Field.Root>
        ) : null}
      </Flex>
      <Columns>
        {shown.map((view) => (
          <TypeCard
            key={view.uid}
            tag="section"
            background="neutral0"
            hasRadius
            shadow="tableShadow"
            padding={5}
          >
            <Flex justifyContent="space-between" gap={4} paddingBottom={3}>
              <Typography tag="h2" variant="delta">
                {view.singleType
                  ? view.label
                  : text('newJob.overview.type', { label: view.pluralLabel, total: view.total })}
              </Typography>
              <Button
                size="S"
                variant="secondary"
                onClick={() => onChoose({ contentType: view.uid, locale: view.defaultLocale ?? undefined })}
                aria-label={text('newJob.overview.chooseType', { type: view.pluralLabel })}
              >
                {text(view.singleType ? 'newJob.overview.chooseOne' : 'newJob.overview.choose')}
              </Button>
            </Flex>
            {view.fields.map((field) => (
              <FieldLine
                key={field.path}
                view={view}
                field={field}
                onChoose={() =>
                  onChoose({
                    contentType: view.uid,
                    locale: view.defaultLocale ?? undefined,
                    field: field.path,
                    // Of a single type there is nothing to filter.
                    empty: field.empty === 0 || view.singleType ? undefined : field.path,
                  })
                }
              />
            ))}
          </TypeCard>
        ))}
      </Columns>
      {shown.length === 0 ? <Typography>{text('newJob.overview.nothingFound')}</Typography> : null}
    </Flex>
  );
}
