import { getTranslation } from '../components/text';

type Texts = Record<string, string>;

const prefixed = (texts: Texts, prefix = ''): Texts =>
  Object.fromEntries(Object.entries(texts).map(([id, text]) => [getTranslation(`${prefix}${id}`), text]));

async function textsOf(locale: string): Promise<[Texts, Texts, Texts] | null> {
  switch (locale) {
    case 'en':
      return Promise.all([
        import('./en.json').then((module) => module.default),
        import('../../../server/src/contracts/reasons/en.json').then((module) => module.default),
        import('../../../server/src/contracts/problems/en.json').then((module) => module.default),
      ]);
    case 'vi':
      return Promise.all([
        import('./vi.json').then((module) => module.default),
        import('../../../server/src/contracts/reasons/vi.json').then((module) => module.default),
        import('../../../server/src/contracts/problems/vi.json').then((module) => module.default),
      ]);
    default:
      return null;
  }
}

/**
 * The plugin's texts and the server's sentences in one language, under the keys that `useText` looks for. Empty
 * for languages that it is not translated into: Strapi then shows the English ones.
 */
export async function loadTranslations(locale: string): Promise<Texts> {
  const texts = await textsOf(locale);
  if (texts === null) return {};
  const [own, reasons, problems] = texts;
  return { ...prefixed(own), ...prefixed(reasons, 'reason.'), ...prefixed(problems, 'problem.') };
}
