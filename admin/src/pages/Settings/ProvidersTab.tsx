import { Flex } from '@strapi/design-system';
import type { SettingsView } from '../../../../server/src/contracts';
import { Notice } from '../../components/Notice';
import { useText } from '../../components/text';
import { ProviderCard } from './ProviderCard';

interface ProvidersTabProps {
  settings: SettingsView;
  mayUpdate: boolean;
}

/** The AI services, those that are ready first. */
export function ProvidersTab({ settings, mayUpdate }: ProvidersTabProps) {
  const text = useText();
  const providers = [...settings.providers].sort((one, other) => Number(other.ready) - Number(one.ready));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {settings.canStoreKeys || !mayUpdate ? null : (
        <Notice variant="info">{text('settings.cannotStoreKeys')}</Notice>
      )}
      {providers.map((provider) => (
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
