import { EmptyStateLayout, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { NavLink } from 'react-router-dom';
import { NEW_JOB_PATH } from '../../components/paths';
import { useText } from '../../components/text';

/** What stands in place of an empty list: nothing found, or what the plugin is for and how to begin. */
export function EmptyJobs({ narrowed, mayCreate }: { narrowed: boolean; mayCreate: boolean }) {
  const text = useText();
  return (
    <EmptyStateLayout
      icon={<EmptyDocuments width="16rem" />}
      content={narrowed ? text('jobs.nothingFound') : text(mayCreate ? 'jobs.empty' : 'jobs.emptyReadOnly')}
      action={
        narrowed || !mayCreate ? undefined : (
          <LinkButton tag={NavLink} to={NEW_JOB_PATH} variant="secondary" startIcon={<Plus />}>
            {text('jobs.first')}
          </LinkButton>
        )
      }
    />
  );
}
