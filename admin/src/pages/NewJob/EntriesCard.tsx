import { Field, Flex, Radio, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import type { ContentTypeView } from '../../../../server/src/contracts';
import { useFormat } from '../../components/format';
import { useText } from '../../components/text';
import type { SelectionCount } from '../../components/use-selection-count';
import { Card } from './Card';
import { CountLine } from './CountLine';
import { EntryFilters } from './EntryFilters';
import { STATUSES } from './selection';
import type { NewJobAddress } from './use-address';

const ANY = 'any';

interface EntriesCardProps {
  view: ContentTypeView;
  contentTypes: ContentTypeView[];
  address: NewJobAddress;
  /** How many entries were picked one by one before; 0 for none. */
  pickedCount: number;
  usesPicked: boolean;
  onUsesPicked: (usesPicked: boolean) => void;
  count: SelectionCount;
  error?: string;
}

/** Which entries: the ones picked in the list, or a list query. */
export function EntriesCard(props: EntriesCardProps) {
  const { view, contentTypes, address, pickedCount, usesPicked, onUsesPicked, count, error } = props;
  const text = useText();
  const format = useFormat();
  return (
    <Card number={1} title={text('newJob.entries.title')}>
      {pickedCount > 0 ? (
        <Radio.Group
          aria-label={text('newJob.entries.title')}
          value={usesPicked ? 'picked' : 'query'}
          onValueChange={(value: string) => onUsesPicked(value === 'picked')}
        >
          <Flex gap={5} wrap="wrap">
            <Radio.Item value="picked">{text('newJob.entries.picked', { count: pickedCount })}</Radio.Item>
            <Radio.Item value="query">{text('newJob.entries.byFilter')}</Radio.Item>
          </Flex>
        </Radio.Group>
      ) : null}
      {usesPicked ? null : (
        <>
          <Flex gap={4} wrap="wrap" alignItems="flex-start">
            <Field.Root name="contentType" flex="1 1 18rem">
              <Field.Label>{text('newJob.entries.type')}</Field.Label>
              <SingleSelect
                value={view.uid}
                onChange={(uid) => address.replace({ contentType: String(uid), from: address.query.from })}
              >
                {contentTypes.map(({ uid, pluralLabel }) => (
                  <SingleSelectOption key={uid} value={uid}>
                    {pluralLabel}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
            {view.localized && view.locales.length > 0 ? (
              <Field.Root name="locale" flex="1 1 14rem">
                <Field.Label>{text('newJob.entries.locale')}</Field.Label>
                <SingleSelect
                  value={address.query.locale ?? view.defaultLocale}
                  onChange={(locale) => address.change({ locale: String(locale) })}
                >
                  {view.locales.map((locale) => (
                    <SingleSelectOption key={locale} value={locale}>
                      {format.language(locale)}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
              </Field.Root>
            ) : null}
            {view.draftAndPublish && !view.singleType ? (
              <Field.Root name="status" flex="1 1 18rem">
                <Field.Label>{text('newJob.entries.status')}</Field.Label>
                <SingleSelect
                  value={address.query.status ?? ANY}
                  onChange={(status) =>
                    address.change({ status: status === ANY ? undefined : String(status) })
                  }
                >
                  {[ANY, ...STATUSES].map((status) => (
                    <SingleSelectOption key={status} value={status}>
                      {text(`newJob.status.${status}`)}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
              </Field.Root>
            ) : null}
          </Flex>
          {view.singleType ? null : <EntryFilters view={view} address={address} />}
        </>
      )}
      <CountLine view={view} count={count} />
      {error ? (
        <Typography variant="pi" textColor="danger600" role="alert">
          {error}
        </Typography>
      ) : null}
    </Card>
  );
}
