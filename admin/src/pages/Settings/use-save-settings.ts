import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { UpdateSettingsBody } from '../../../../server/src/contracts';
import { useUpdateSettingsMutation } from '../../api/settings';
import { useServerErrors, type ServerErrors } from '../../components/server-errors';
import { useText } from '../../components/text';

interface SaveSettings {
  /** Sends a change; true when it is saved. */
  save: (change: UpdateSettingsBody) => Promise<boolean>;
  isSaving: boolean;
  /** What the server said against the last change. */
  errors: ServerErrors | null;
}

/** Saves a part of the settings and says so. */
export function useSaveSettings(): SaveSettings {
  const text = useText();
  const serverErrors = useServerErrors();
  const { toggleNotification } = useNotification();
  const [updateSettings, { isLoading }] = useUpdateSettingsMutation();
  const [errors, setErrors] = useState<ServerErrors | null>(null);
  const save = async (change: UpdateSettingsBody) => {
    const answer = await updateSettings(change);
    if ('error' in answer) {
      const refused = serverErrors(answer.error);
      setErrors(refused);
      toggleNotification({ type: 'danger', message: refused.message });
      return false;
    }
    setErrors(null);
    toggleNotification({ type: 'success', message: text('settings.saved') });
    return true;
  };
  return { save, isSaving: isLoading, errors };
}
