import { useEffect } from 'react';
import { useAuth, useNotification } from '@strapi/strapi/admin';
import { useHref, useNavigate } from 'react-router-dom';
import { PERMISSIONS } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';
import { announceSession } from './session';

/**
 * Strapi mounts a plugin's initializer inside its own providers after each login, and takes it away as soon as it
 * says that it is ready. It hands what only lives there to the tray: toasts, the router, the person's rights.
 */
export function SessionBridge({ setPlugin }: { setPlugin: (pluginId: string) => void }) {
  const { toggleNotification } = useNotification();
  const permissions = useAuth('AiJobs', (auth) => auth.permissions);
  const navigate = useNavigate();
  const home = useHref('/').replace(/\/$/, '');

  useEffect(() => {
    announceSession({
      mayRead: PERMISSIONS.jobsRead.every(({ action }) =>
        permissions.some((permission) => permission.action === action)
      ),
      notify: toggleNotification,
      navigate: (path) => navigate(path),
      home,
    });
    setPlugin(PLUGIN_ID);
  }, [home, navigate, permissions, setPlugin, toggleNotification]);

  return null;
}
