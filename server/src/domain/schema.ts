/** A Strapi attribute, as far as the rules here look at it. Source: Strapi's schema.json files. */
export interface Attribute {
  type: string;
  required?: boolean;
  unique?: boolean;
  private?: boolean;
  writable?: boolean;
  visible?: boolean;
  configurable?: boolean;
  minLength?: number;
  maxLength?: number;
  regex?: string;
  enum?: string[];
  /** For `component`. */
  component?: string;
  repeatable?: boolean;
  /** For `relation`: `oneToOne`, `manyToOne` … and the target's uid. */
  relation?: string;
  target?: string;
  customField?: string;
  pluginOptions?: { i18n?: { localized?: boolean } };
}

/** A content type or component. */
export interface ModelSchema {
  uid: string;
  modelType: 'contentType' | 'component';
  kind?: 'collectionType' | 'singleType';
  info: { displayName: string; singularName?: string; pluralName?: string };
  options?: { draftAndPublish?: boolean };
  pluginOptions?: {
    i18n?: { localized?: boolean };
    'content-manager'?: { visible?: boolean };
    'content-type-builder'?: { visible?: boolean };
  };
  attributes: Record<string, Attribute>;
}

/** Looks a content type or component up by its uid. */
export type SchemaLookup = (uid: string) => ModelSchema | undefined;
