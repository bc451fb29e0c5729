import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Flex, Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { Filters, SearchInput } from '@strapi/strapi/admin';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { useText } from '../../components/text';
import { readFilter } from './selection';
import type { NewJobAddress } from './use-address';

/** Fields of the type that Strapi's filter form can compare: its own, outside components. */
function useFilterOptions(view: ContentTypeView): Filters.Filter[] {
  const text = useText();
  return useMemo(() => {
    const own = view.fields
      .filter(({ path, kind }) => !path.includes('.') && kind !== 'json' && kind !== 'blocks')
      .map<Filters.Filter>(({ path, label, options }) =>
        options
          ? {
              name: path,
              label,
              type: 'enumeration',
              options: options.map((value) => ({ label: value, value })),
            }
          : { name: path, label, type: 'string' }
      );
    return [
      ...own,
      { name: 'documentId', label: text('newJob.filter.documentId'), type: 'string' },
      { name: 'createdAt', label: text('newJob.filter.createdAt'), type: 'datetime' },
      { name: 'updatedAt', label: text('newJob.filter.updatedAt'), type: 'datetime' },
    ];
  }, [view, text]);
}

/** What a filter asks for, in words. */
function useFilterText(view: ContentTypeView): (filter: Record<string, unknown>) => string {
  const { formatMessage } = useIntl();
  const text = useText();
  return (filter) => {
    const read = readFilter(filter);
    if (read === null) return text('newJob.filter.compound', { filter: JSON.stringify(filter) });
    const label = view.fields.find(({ path }) => path === read.path)?.label ?? read.path;
    const operator = formatMessage({
      id: `components.FilterOptions.FILTER_TYPES.${read.operator}`,
      defaultMessage: read.operator,
    });
    const needsValue = read.operator !== '$null' && read.operator !== '$notNull';
    return needsValue ? `${label} ${operator} ${read.value}` : `${label} ${operator}`;
  };
}

/** Search and filters of the selection, as in the Content Manager's list. */
export function EntryFilters({ view, address }: { view: ContentTypeView; address: NewJobAddress }) {
  const text = useText();
  const options = useFilterOptions(view);
  const filterText = useFilterText(view);
  const filters = address.query.filters?.$and ?? [];
  const { empty, _q: search } = address.query;
  const emptyLabel = view.fields.find(({ path }) => path === empty)?.label ?? empty;
  const without = (index: number) => filters.filter((_, position) => position !== index);
  return (
    <Flex gap={2} wrap="wrap">
      <SearchInput
        label={text('newJob.search', { type: view.pluralLabel })}
        placeholder={text('newJob.search', { type: view.pluralLabel })}
        trackedEvent={null}
      />
      <Filters.Root options={options}>
        <Filters.Trigger />
        <Filters.Popover />
      </Filters.Root>
      {search ? (
        <Tag
          icon={<Cross />}
          label={text('newJob.filter.remove')}
          onClick={() => address.change({ _q: undefined })}
        >
          {text('newJob.filter.search', { search })}
        </Tag>
      ) : null}
      {empty ? (
        <Tag
          icon={<Cross />}
          label={text('newJob.filter.remove')}
          onClick={() => address.change({ empty: undefined })}
        >
          {text('newJob.filter.empty', { field: emptyLabel ?? '' })}
        </Tag>
      ) : null}
      {filters.map((filter, index) => (
        <Tag
          key={`${index}-${JSON.stringify(filter)}`}
          icon={<Cross />}
          label={text('newJob.filter.remove')}
          onClick={() =>
            address.change({ filters: filters.length > 1 ? { $and: without(index) } : undefined })
          }
        >
          {filterText(filter)}
        </Tag>
      ))}
    </Flex>
  );
}
