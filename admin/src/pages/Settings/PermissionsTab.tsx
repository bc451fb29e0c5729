import { LinkButton, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useText } from '../../components/text';
import { Section } from './Section';

const RIGHTS = [
  'jobsRead',
  'jobsReadAll',
  'jobsCreate',
  'jobsManage',
  'promptsManage',
  'settingsRead',
  'settingsUpdate',
] as const;

/** What rights there are, and where they are given: on Strapi's own page of roles. */
export function PermissionsTab() {
  const text = useText();
  return (
    <Section
      title={text('settings.permissions.title')}
      explanation={text('settings.permissions.explanation')}
      action={
        <LinkButton tag={NavLink} to="/settings/roles" variant="secondary">
          {text('settings.permissions.roles')}
        </LinkButton>
      }
    >
      <ul>
        {RIGHTS.map((right) => (
          <li key={right}>
            <Typography>{text(`settings.permissions.${right}`)}</Typography>
          </li>
        ))}
      </ul>
    </Section>
  );
}
