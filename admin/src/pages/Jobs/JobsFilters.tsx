import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { SearchInput } from '@strapi/strapi/admin';
import type { ListJobsResponse } from '../../../../server/src/contracts';
import { useListJobTypesQuery } from '../../api/content-types';
import { useAddress } from '../../components/address';
import { useText, useTextOr } from '../../components/text';
import { useMay } from '../../components/use-may';
import { SEE_ALL_JOBS } from '../../permissions';

const EVERYTHING = 'all';

interface Props {
  /** The content types that jobs of the list can be over; undefined until they are known. */
  contentTypes: ListJobsResponse['meta']['contentTypes'] | undefined;
}

/** Search, content type, kind of work and, for those who see everybody's jobs, who started it. */
export function JobsFilters({ contentTypes = [] }: Props) {
  const text = useText();
  const textOr = useTextOr();
  const [address, change] = useAddress();
  const { data: types } = useListJobTypesQuery();
  const seesAll = useMay(SEE_ALL_JOBS);
  const set = (name: string) => (value: string | number) =>
    change({ [name]: value === EVERYTHING ? null : String(value) });

  return (
    <>
      <SearchInput label={text('jobs.search')} placeholder={text('jobs.search')} trackedEvent={null} />
      {contentTypes.length > 1 || address.has('contentType') ? (
        <SingleSelect
          size="S"
          aria-label={text('jobs.filter.contentType')}
          value={address.get('contentType') ?? EVERYTHING}
          onChange={set('contentType')}
        >
          <SingleSelectOption value={EVERYTHING}>{text('jobs.filter.allContentTypes')}</SingleSelectOption>
          {contentTypes.map(({ uid, label }) => (
            <SingleSelectOption key={uid} value={uid}>
              {label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      ) : null}
      {(types?.data.length ?? 0) > 1 ? (
        <SingleSelect
          size="S"
          aria-label={text('jobs.filter.type')}
          value={address.get('type') ?? EVERYTHING}
          onChange={set('type')}
        >
          <SingleSelectOption value={EVERYTHING}>{text('jobs.filter.allTypes')}</SingleSelectOption>
          {types?.data.map(({ name }) => (
            <SingleSelectOption key={name} value={name}>
              {textOr(`jobType.${name}`, name)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      ) : null}
      {seesAll ? (
        <SingleSelect
          size="S"
          aria-label={text('jobs.filter.createdBy')}
          value={address.get('createdBy') ?? EVERYTHING}
          onChange={set('createdBy')}
        >
          <SingleSelectOption value={EVERYTHING}>{text('jobs.filter.everyone')}</SingleSelectOption>
          <SingleSelectOption value="me">{text('jobs.filter.me')}</SingleSelectOption>
        </SingleSelect>
      ) : null}
    </>
  );
}
