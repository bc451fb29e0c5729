import { Box, Tabs } from '@strapi/design-system';
import { Layouts, Page, useQueryParams, useRBAC } from '@strapi/strapi/admin';
import { useGetSettingsQuery } from '../../api/settings';
import { ErrorMessage } from '../../components/ErrorMessage';
import { Notice } from '../../components/Notice';
import { useText } from '../../components/text';
import { PERMISSIONS } from '../../permissions';
import { DefaultsTab } from './DefaultsTab';
import { LimitsTab } from './LimitsTab';
import { PermissionsTab } from './PermissionsTab';
import { ProvidersTab } from './ProvidersTab';
import { QueueTab } from './QueueTab';
import { RetentionTab } from './RetentionTab';

const TABS = ['providers', 'defaults', 'limits', 'queue', 'retention', 'permissions'] as const;

function Settings() {
  const text = useText();
  const [{ query }, setQuery] = useQueryParams<{ tab?: string }>();
  const { allowedActions, isLoading: isLoadingRights } = useRBAC(PERMISSIONS.settingsUpdate);
  const { data, isLoading, error, refetch } = useGetSettingsQuery();
  const mayUpdate = allowedActions.canUpdate ?? false;
  const shown = TABS.find((tab) => tab === query.tab) ?? 'providers';
  const settings = data?.data;

  return (
    <Page.Main>
      <Page.Title>{text('settings.title')}</Page.Title>
      <Layouts.Header title={text('settings.title')} subtitle={text('settings.subtitle')} />
      <Layouts.Content>
        {isLoading ? <Page.Loading /> : null}
        {error ? <ErrorMessage error={error} onRetry={() => void refetch()} /> : null}
        {settings ? (
          <>
            {mayUpdate || isLoadingRights ? null : (
              <Box paddingBottom={4}>
                <Notice variant="info">{text('settings.readOnly')}</Notice>
              </Box>
            )}
            {settings.aiTranslationActive ? (
              <Box paddingBottom={4}>
                <Notice variant="warning">{text('settings.aiTranslation')}</Notice>
              </Box>
            ) : null}
            <Tabs.Root
              variant="simple"
              value={shown}
              onValueChange={(tab: string) => setQuery({ tab }, 'push', true)}
            >
              <Tabs.List aria-label={text('settings.sections')}>
                {TABS.map((tab) => (
                  <Tabs.Trigger key={tab} value={tab}>
                    {text(`settings.tab.${tab}`)}
                  </Tabs.Trigger>
                ))}
              </Tabs.List>
              <Box paddingTop={5} paddingBottom={8}>
                <Tabs.Content value="providers">
                  <ProvidersTab settings={settings} mayUpdate={mayUpdate} />
                </Tabs.Content>
                <Tabs.Content value="defaults">
                  <DefaultsTab settings={settings} mayUpdate={mayUpdate} />
                </Tabs.Content>
                <Tabs.Content value="limits">
                  <LimitsTab settings={settings} mayUpdate={mayUpdate} />
                </Tabs.Content>
                <Tabs.Content value="queue">
                  <QueueTab />
                </Tabs.Content>
                <Tabs.Content value="retention">
                  <RetentionTab settings={settings} mayUpdate={mayUpdate} />
                </Tabs.Content>
                <Tabs.Content value="permissions">
                  <PermissionsTab />
                </Tabs.Content>
              </Box>
            </Tabs.Root>
          </>
        ) : null}
      </Layouts.Content>
    </Page.Main>
  );
}

/** What administrators decide about AI Jobs. */
export function SettingsPage() {
  return (
    <Page.Protect permissions={PERMISSIONS.settingsRead}>
      <Settings />
    </Page.Protect>
  );
}
