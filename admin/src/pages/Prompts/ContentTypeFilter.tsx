import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useQueryParams } from '@strapi/strapi/admin';
import { useListContentTypesQuery } from '../../api/content-types';
import { useText } from '../../components/text';

/** Narrows the list to the prompts of one content type; the choice is kept in the address. */
export function ContentTypeFilter() {
  const text = useText();
  const [{ query }, setQuery] = useQueryParams<{ contentType?: string; page?: string }>();
  const { data } = useListContentTypesQuery();
  return (
    <SingleSelect
      size="S"
      aria-label={text('prompts.contentType')}
      placeholder={text('prompts.allTypes')}
      value={query.contentType ?? null}
      onChange={(uid) => setQuery({ contentType: String(uid), page: '1' })}
      onClear={() => setQuery({ contentType: undefined }, 'remove')}
      clearLabel={text('prompts.allTypes')}
    >
      {(data?.data ?? []).map(({ uid, label }) => (
        <SingleSelectOption key={uid} value={uid}>
          {label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
