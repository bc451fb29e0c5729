import { getTranslation } from '../components/text';

type Texts = Record<string, string>;

async function textsOf(locale: string): Promise<Texts> {
  switch (locale) {
    case 'en':
      return (await import('./en.json')).default;
    case 'vi':
      return (await import('./vi.json')).default;
    default:
      return {};
  }
}

/**
 * The plugin's texts in one language, under the keys that `useText` looks for. Empty for languages that it is not translated
 * into: Strapi then shows the English ones.
 */
export async function loadTranslations(locale: string): Promise<Texts> {
  const texts = await textsOf(locale);
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [getTranslation(id), text]));
}
