import type { Core } from '@strapi/strapi';
import type { ContentTypeView } from '../contracts/content-type';
import { writableFields } from '../domain/fields';
import { placeholdersOf } from '../domain/placeholders';
import type { ModelSchema, SchemaLookup } from '../domain/schema';
import { pluralTypeLabel } from '../domain/type-label';
import { hasDrafts, isLocalized } from '../entries/documents';
import type { ActingPerson, EntryPermissions } from '../entries/permissions';
import type { EmptyFields, EmptyFieldsQuery } from '../store/empty-fields';
import type { Store } from '../store/store';
import type { StoredSettings } from './settings';

export interface Locales {
  codes: string[];
  default: string | null;
}

const COUNTS_BELIEVED_MS = 3_000;

export type ContentTypeService = ReturnType<typeof createContentTypeService>;

/** What of the project can be written to, and how much of it is empty. */
export function createContentTypeService(
  strapi: Core.Strapi,
  parts: { store: Store; lookup: SchemaLookup; permissions: EntryPermissions }
) {
  const { store, lookup, permissions } = parts;
  const counted = new Map<string, { until: number; counts: Promise<EmptyFields[]> }>();

  /** A content type of the project, of many entries or of one, that the Content Manager shows. */
  const selectable = (uid: string): ModelSchema | null => {
    if (!uid.startsWith('api::')) return null;
    const schema = lookup(uid);
    if (schema?.modelType !== 'contentType') return null;
    return schema.pluginOptions?.['content-manager']?.visible === false ? null : schema;
  };

  const selectableUids = (): string[] =>
    Object.keys(strapi.contentTypes).filter((uid) => selectable(uid) !== null);

  const locales = async (): Promise<Locales> => {
    const i18n = strapi.plugin('i18n') as unknown as
      | {
          service(name: 'locales'): {
            find(): Promise<{ code: string }[]>;
            getDefaultLocale(): Promise<string>;
          };
        }
      | undefined;
    if (!i18n) return { codes: [], default: null };
    const service = i18n.service('locales');
    const [found, defaultLocale] = await Promise.all([service.find(), service.getDefaultLocale()]);
    return { codes: found.map((locale) => locale.code), default: defaultLocale };
  };

  const systemMessageFor = (uid: string, settings: StoredSettings): string => {
    const own = settings.systemMessages[uid];
    if (own) return own;
    const name = lookup(uid)?.info.displayName ?? uid;
    return [
      `You are an experienced editor who writes texts for the content type “${name}” of a website.`,
      'Write in the language of the material you are given unless you are told otherwise.',
      'Rely only on the material: invent no facts, names, numbers or quotations.',
      'Give the text itself, without introductions, explanations, quotation marks around it or notes to the reader.',
    ].join(' ');
  };

  /** Counted together; briefly remembered, since every page with an overview asks. */
  const emptyFields = (query: EmptyFieldsQuery): Promise<EmptyFields[]> => {
    const key = JSON.stringify(query);
    const known = counted.get(key);
    if (known && known.until > Date.now()) return known.counts;
    if (counted.size > 200) counted.clear();
    const counts = store.emptyFields.count(query);
    counted.set(key, { until: Date.now() + COUNTS_BELIEVED_MS, counts });
    counts.catch(() => counted.delete(key));
    return counts;
  };

  return {
    selectable,
    selectableUids,
    locales,
    systemMessageFor,

    /** The types in which this person may write at least one field that AI can fill. */
    async list(person: ActingPerson, settings: StoredSettings): Promise<ContentTypeView[]> {
      const projectLocales = await locales();
      const views: ContentTypeView[] = [];
      for (const uid of selectableUids()) {
        const schema = lookup(uid);
        if (!schema || !permissions.mayRead(person, uid) || !permissions.mayUpdateType(person, uid)) continue;
        const fields = writableFields(uid, lookup).filter((field) =>
          permissions.mayUpdateField(person, uid, field.path)
        );
        if (fields.length === 0) continue;
        const localized = isLocalized(schema);
        const readable = localized ? permissions.readableLocales(person, uid, projectLocales.codes) : [];
        if (localized && readable.length === 0) continue;
        const defaultLocale =
          readable.find((locale) => locale === projectLocales.default) ?? readable[0] ?? null;
        const counts = await emptyFields({
          contentType: uid,
          paths: fields.map((field) => field.path),
          onlyDrafts: hasDrafts(schema),
          perLocale: localized,
          filters: await permissions.readConditions(person, uid),
        });
        const countsIn = (locale: string | null) => counts.find((found) => found.locale === locale);
        const shown = countsIn(defaultLocale);
        views.push({
          uid,
          label: schema.info.displayName,
          pluralLabel: pluralTypeLabel(schema, uid),
          singleType: schema.kind === 'singleType',
          localized,
          locales: readable,
          defaultLocale,
          draftAndPublish: hasDrafts(schema),
          total: shown?.total ?? 0,
          perLocale: readable.map((locale) => ({
            locale,
            total: countsIn(locale)?.total ?? 0,
            empty: Object.fromEntries(
              fields.map((field) => [field.path, countsIn(locale)?.empty[field.path] ?? 0])
            ),
          })),
          fields: fields.map((field) => ({
            path: field.path,
            label: field.label,
            kind: field.kind,
            required: field.required,
            maxLength: field.maxLength,
            options: field.options,
            empty: shown?.empty[field.path] ?? 0,
          })),
          placeholders: placeholdersOf(uid, lookup)
            .filter((placeholder) => permissions.mayReadPath(person, uid, placeholder.path, lookup))
            .map((placeholder) => ({
              path: placeholder.path,
              label: placeholder.label,
              alias: placeholder.aliases[0] ?? null,
            })),
          defaultSystemMessage: systemMessageFor(uid, settings),
          mayPublish: hasDrafts(schema) && permissions.mayPublish(person, uid),
        });
      }
      return views;
    },
  };
}
