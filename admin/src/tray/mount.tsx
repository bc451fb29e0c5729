import type { StrapiApp } from '@strapi/strapi/admin';
import { createRoot } from 'react-dom/client';
import { Tray } from './Tray';
import { TrayProviders } from './TrayProviders';

/** Puts the tray on every page of the admin panel, in a root of its own; the app must have been drawn. */
export function mountTray(app: StrapiApp): void {
  const { store } = app;
  if (store === null) return;
  const place = document.createElement('div');
  document.body.append(place);
  createRoot(place).render(
    <TrayProviders app={app} store={store}>
      <Tray store={store} />
    </TrayProviders>
  );
}
