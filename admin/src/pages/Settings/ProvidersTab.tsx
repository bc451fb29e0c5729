import { Flex } from '@strapi/design-system';
import type { SettingsView } from '../../../../server/src/contracts';
import { Notice } from '../../components/Notice';
import { bySetUp } from '../../components/provider-order';
import { useText } from '../../components/text';
import { ProviderCard } from './ProviderCard';

interface ProvidersTabProps {
  settings: SettingsView;
  mayUpdate: boolean;
}

/** The AI services, those that are set up first. */
export function ProvidersTab({ settings, mayUpdate }: ProvidersTabProps) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {settings.canStoreKeys || !mayUpdate ? null : (
        <Notice variant="info">{text('settings.cannotStoreKeys')}</Notice>
      )}
      {bySetUp(settings.providers).map((provider) => (
        <ProviderCard
          key={provider.name}
          provider={provider}
          mayUpdate={mayUpdate}
          canStoreKeys={settings.canStoreKeys}
        />
      ))}
    </Flex>
  );
}
