import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { DesignSystemProvider } from '@strapi/design-system';
import type { Store, StrapiApp } from '@strapi/strapi/admin';
import { IntlProvider } from 'react-intl';

type State = ReturnType<Store['getState']>;

/** A part of Strapi's store, live, for what stands outside of its tree. */
export function useStoreValue<T>(store: Store, select: (state: State) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

function useSystemTheme(): 'light' | 'dark' {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const watched = matchMedia('(prefers-color-scheme: dark)');
    const update = () => setDark(watched.matches);
    watched.addEventListener('change', update);
    return () => watched.removeEventListener('change', update);
  }, []);
  return dark ? 'dark' : 'light';
}

/** The texts that Strapi has loaded for a language; it declares them as an object without properties. */
function messagesOf(
  translations: Record<string, Record<string, string>>,
  locale: string
): Record<string, string> {
  return { ...translations.en, ...translations[locale] };
}

interface Props {
  app: StrapiApp;
  store: Store;
  children: ReactNode;
}

/** The person's language and theme, as the rest of the admin panel has them. */
export function TrayProviders({ app, store, children }: Props) {
  const locale = useStoreValue(store, (state) => state.admin_app.language.locale);
  const chosen = useStoreValue(store, (state) => state.admin_app.theme.currentTheme);
  const system = useSystemTheme();
  const theme = app.configurations.themes[chosen === 'dark' || chosen === 'light' ? chosen : system];
  return (
    <IntlProvider
      locale={locale}
      defaultLocale="en"
      messages={messagesOf(app.configurations.translations, locale)}
    >
      <DesignSystemProvider locale={locale} theme={theme}>
        {children}
      </DesignSystemProvider>
    </IntlProvider>
  );
}
