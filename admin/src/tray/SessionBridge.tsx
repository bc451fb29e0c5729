import { useEffect } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { useHref, useNavigate } from 'react-router-dom';
import { useMay } from '../components/use-may';
import { SEE_JOBS } from '../permissions';
import { PLUGIN_ID } from '../plugin-id';
import { announceSession } from './session';

/**
 * Strapi mounts a plugin's initializer inside its own providers after each login, and takes it away as soon as it
 * says that it is ready. It hands what only lives there to the tray: toasts, the router, the person's rights.
 */
export function SessionBridge({ setPlugin }: { setPlugin: (pluginId: string) => void }) {
  const { toggleNotification } = useNotification();
  const mayRead = useMay(SEE_JOBS);
  const navigate = useNavigate();
  const home = useHref('/').replace(/\/$/, '');

  useEffect(() => {
    announceSession({
      mayRead,
      notify: toggleNotification,
      navigate: (path) => navigate(path),
      home,
    });
    setPlugin(PLUGIN_ID);
  }, [home, mayRead, navigate, setPlugin, toggleNotification]);

  return null;
}
