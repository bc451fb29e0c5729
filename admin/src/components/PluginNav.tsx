import { Flex, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { PERMISSIONS, SEE_JOBS, SEE_PROMPTS } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';
import { SETTINGS_PATH } from './paths';
import { useText } from './text';
import { useMay } from './use-may';

const Place = styled(NavLink)`
  padding: ${({ theme }) => `${theme.spaces[1]} 0`};
  text-decoration: none;
  color: ${({ theme }) => theme.colors.neutral600};
  border-bottom: 2px solid transparent;

  &.active {
    color: ${({ theme }) => theme.colors.primary600};
    border-bottom-color: ${({ theme }) => theme.colors.primary600};
  }
`;

/** The plugin's places, above a list page's title. */
export function PluginNav() {
  const text = useText();
  const seesJobs = useMay(SEE_JOBS);
  const seesPrompts = useMay(SEE_PROMPTS);
  const seesSettings = useMay(PERMISSIONS.settingsRead);
  return (
    <Flex tag="nav" aria-label={text('nav.label')} gap={5} paddingBottom={2}>
      {seesJobs ? (
        <Place to={`/plugins/${PLUGIN_ID}`} end>
          <Typography tag="span" fontWeight="semiBold" textColor="inherit">
            {text('nav.jobs')}
          </Typography>
        </Place>
      ) : null}
      {seesPrompts ? (
        <Place to={`/plugins/${PLUGIN_ID}/prompts`}>
          <Typography tag="span" fontWeight="semiBold" textColor="inherit">
            {text('nav.prompts')}
          </Typography>
        </Place>
      ) : null}
      {seesSettings ? (
        <Place to={SETTINGS_PATH}>
          <Typography tag="span" fontWeight="semiBold" textColor="inherit">
            {text('nav.settings')}
          </Typography>
        </Place>
      ) : null}
    </Flex>
  );
}
