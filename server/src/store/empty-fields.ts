import type { Core } from '@strapi/strapi';
import { readNumber, readText, type Database, type Row } from './database';
import { createEntryTables } from './entry-tables';

/** Entries of one language, and how many of them lack each field; a language of null: entries that have none. */
export interface EmptyFields {
  locale: string | null;
  total: number;
  /** By the path of the field. */
  empty: Record<string, number>;
}

/** What is to be counted. */
export interface EmptyFieldsQuery {
  contentType: string;
  /** `metaTitle`, or `seo.metaTitle` inside a single component. */
  paths: string[];
  onlyDrafts: boolean;
  perLocale: boolean;
  /** Strapi's filters: only entries that match them; null: all. */
  filters: Record<string, unknown> | null;
}

/** Kinds of columns that cannot be compared with an empty text. */
const NO_EMPTY_TEXT = new Set(['json', 'blocks']);

/** Counts entries in which fields are empty: all fields and languages of a type in one statement. */
export function createEmptyFieldsStore(strapi: Core.Strapi, database: Database) {
  const { meta, column, componentsOf } = createEntryTables(strapi);

  /** The rows that match filters, as a query on their ids. */
  const idsMatching = (contentType: string, filters: Record<string, unknown>) => {
    const { where } = strapi
      .get('query-params')
      .transform(contentType as never, { filters: filters as never }) as unknown as { where: Row };
    return strapi.db.queryBuilder(contentType).select(['id']).where(where).getKnexQuery();
  };

  return {
    async count(query: EmptyFieldsQuery): Promise<EmptyFields[]> {
      const { contentType, paths } = query;
      const localeColumn = query.perLocale ? column(contentType, 'locale') : null;
      let builder = database.tableNamed(`${meta(contentType).tableName} as entry`).count({ total: '*' });

      const joined = new Map<string, string>();
      /** The name under which an entry's component takes part; an entry without one counts as one with empty fields. */
      const componentAt = (attribute: string): { name: string; type: string } | null => {
        const components = componentsOf(contentType, attribute);
        if (!components) return null;
        const name = joined.get(attribute) ?? `component_${joined.size}`;
        if (!joined.has(attribute)) {
          joined.set(attribute, name);
          const link = `${name}_link`;
          builder = builder
            .leftJoin(`${components.linkTable} as ${link}`, function join() {
              this.on(`${link}.${components.entryColumn}`, 'entry.id');
              for (const [key, value] of Object.entries(components.where))
                this.onVal(`${link}.${key}`, String(value));
            })
            .leftJoin(
              `${components.table} as ${name}`,
              `${name}.id`,
              `${link}.${components.componentColumn}`
            );
        }
        return { name, type: components.type };
      };

      const aliases = new Map<string, string>();
      paths.forEach((path, position) => {
        const [attribute = '', inner] = path.split('.');
        const component = inner === undefined ? null : componentAt(attribute);
        const [owner, type, field] = component
          ? [component.name, component.type, inner ?? '']
          : ['entry', contentType, path];
        const name = column(type, field);
        if (!name) return;
        const alias = `empty_${position}`;
        aliases.set(alias, path);
        const at = `${owner}.${name}`;
        builder = builder.select(
          NO_EMPTY_TEXT.has(String(meta(type).attributes[field]?.type))
            ? database.expression(`sum(case when ?? is null then 1 else 0 end) as ??`, [at, alias])
            : database.expression(`sum(case when ?? is null or ?? = '' then 1 else 0 end) as ??`, [
                at,
                at,
                alias,
              ])
        );
      });

      if (localeColumn)
        builder = builder.select({ locale: `entry.${localeColumn}` }).groupBy(`entry.${localeColumn}`);
      if (query.onlyDrafts) builder = builder.whereNull('entry.published_at');
      if (query.filters) builder = builder.whereIn('entry.id', idsMatching(contentType, query.filters));
      const rows = (await builder) as Row[];
      return rows.map((row) => ({
        locale: readText(row.locale),
        total: readNumber(row.total),
        empty: Object.fromEntries([...aliases].map(([alias, path]) => [path, readNumber(row[alias])])),
      }));
    },
  };
}
