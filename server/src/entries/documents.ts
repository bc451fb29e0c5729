import type { Core } from '@strapi/strapi';
import type { ModelSchema, SchemaLookup } from '../domain/schema';

/** An entry as the Document Service gives it. */
export type Entry = Record<string, unknown> & { id: number; documentId: string };

/** Parameters of the Document Service; source: Strapi's documentation, "Document Service API". */
export interface DocumentQuery {
  documentId?: string;
  locale?: string;
  status?: 'draft' | 'published';
  filters?: Record<string, unknown>;
  fields?: string[];
  populate?: Record<string, unknown>;
  sort?: string;
  limit?: number;
  _q?: string;
  data?: Record<string, unknown>;
}

/** The Document Service of one content type, typed for types that are only known while running. */
export interface Documents {
  findOne(query: DocumentQuery): Promise<Entry | null>;
  findMany(query: DocumentQuery): Promise<Entry[]>;
  count(query: DocumentQuery): Promise<number>;
  update(query: DocumentQuery): Promise<Entry | null>;
  publish(query: DocumentQuery): Promise<{ documentId: string; entries: Entry[] }>;
}

/** The one place where `strapi.documents` is reached. */
export function documentsOf(strapi: Core.Strapi, contentType: string): Documents {
  return strapi.documents(contentType as Parameters<Core.Strapi['documents']>[0]) as unknown as Documents;
}

/** Content types and components by uid. */
export function schemaLookup(strapi: Core.Strapi): SchemaLookup {
  // They stay as they are while Strapi runs, and Strapi puts all of them together at every look.
  const known = new Map<string, ModelSchema>();
  return (uid) => {
    const found: unknown =
      known.get(uid) ?? Reflect.get(strapi.contentTypes, uid) ?? Reflect.get(strapi.components, uid);
    if (found) known.set(uid, found as ModelSchema);
    return found as ModelSchema | undefined;
  };
}

/** Whether entries of the type have a draft beside the published version. */
export function hasDrafts(schema: ModelSchema): boolean {
  return schema.options?.draftAndPublish === true;
}

export function isLocalized(schema: ModelSchema): boolean {
  return schema.pluginOptions?.i18n?.localized === true;
}

/** The parameters that name a version: the draft, in its language. */
export function versionOf(
  schema: ModelSchema | undefined,
  locale: string | null
): Pick<DocumentQuery, 'status' | 'locale'> {
  if (!schema) return {};
  return {
    ...(hasDrafts(schema) ? { status: 'draft' as const } : {}),
    ...(isLocalized(schema) && locale ? { locale } : {}),
  };
}
