/** What kind of value a field holds, as far as writing it goes. */
export type FieldKind = 'string' | 'text' | 'richtext' | 'blocks' | 'enumeration' | 'json';

/** A field that AI may write. */
export interface FieldView {
  /** `metaTitle`, or `seo.metaTitle` inside a single component. */
  path: string;
  label: string;
  kind: FieldKind;
  required: boolean;
  maxLength: number | null;
  /** For an enumeration: what it may hold. */
  options: string[] | null;
  /** Entries of `defaultLocale` whose field is empty; where the component around it is missing, too. */
  empty: number;
}

/** How much is empty in one language. */
export interface LocaleCounts {
  locale: string;
  total: number;
  /** By the path of the field. */
  empty: Record<string, number>;
}

/** A content type with at least one field that the reader may write. */
export interface ContentTypeView {
  uid: string;
  label: string;
  pluralLabel: string;
  /** True where there is only one entry, such as a page about the site. */
  singleType: boolean;
  localized: boolean;
  /** The languages in which the reader may read entries. */
  locales: string[];
  /** The project's own, or the first of `locales` where the reader may not read that; null: not localized. */
  defaultLocale: string | null;
  draftAndPublish: boolean;
  /** Entries of `defaultLocale` that the reader may read. */
  total: number;
  /** Counts for each of `locales`; none where entries have no language. */
  perLocale: LocaleCounts[];
  fields: FieldView[];
  /** What a prompt may name: paths like `chapter.book.name`, and the aliases (`book_name`). */
  placeholders: { path: string; label: string; alias: string | null }[];
  /** The system message sent when a job gives none. */
  defaultSystemMessage: string;
  mayPublish: boolean;
}
export interface ListContentTypesResponse {
  data: ContentTypeView[];
}

/** A kind of work, so that the pages need to know none by name. */
export interface JobTypeView {
  name: string;
  /** Whether people start it from the pages; undoing and publishing start from a job. */
  startable: boolean;
  queue: string;
  /** JSON schema of its settings. */
  settingsSchema: Record<string, unknown>;
}
export interface ListJobTypesResponse {
  data: JobTypeView[];
}
