import type { ContentTypeView, FrozenSelection, Selection } from '../../../../server/src/contracts';
import type { ListQuery } from './opening';

type Status = NonNullable<Extract<Selection, { status?: unknown }>['status']>;

/** Where an entry stands, in the words of the Content Manager's status filter. */
export const STATUSES: Status[] = ['draft', 'published', 'published-modified', 'published-unmodified'];

function statusOf(value: unknown): Status | undefined {
  return STATUSES.find((status) => status === value);
}

/** A filter that finds entries whose field is empty. JSON and blocks know no empty string. */
function emptyFilter(view: ContentTypeView, path: string): Record<string, unknown> {
  const at = (operator: Record<string, unknown>) =>
    path
      .split('.')
      .reverse()
      .reduce<Record<string, unknown>>((inner, key) => ({ [key]: inner }), operator);
  const kind = view.fields.find((field) => field.path === path)?.kind;
  const isText = kind === 'string' || kind === 'text' || kind === 'richtext';
  return isText ? { $or: [at({ $null: true }), at({ $eq: '' })] } : at({ $null: true });
}

/** The list query in the address as the server takes it. */
export function selectionFromQuery(view: ContentTypeView, query: ListQuery): Selection {
  const conditions = [
    ...(query.filters?.$and ?? []),
    ...(query.empty ? [emptyFilter(view, query.empty)] : []),
  ];
  const status = view.draftAndPublish ? statusOf(query.status) : undefined;
  const locale = view.localized ? (query.locale ?? view.defaultLocale ?? undefined) : undefined;
  return {
    contentType: view.uid,
    ...(locale ? { locale } : {}),
    ...(status ? { status } : {}),
    ...(conditions.length > 0 ? { filters: { $and: conditions } } : {}),
    ...(query._q ? { search: query._q } : {}),
  };
}

/**
 * The Content Manager's list query in this page's names: its status is one of the filters there, its language belongs
 * to a plugin.
 */
export function queryFromContentManager(
  contentType: string,
  query: { _q?: unknown; filters?: unknown; plugins?: unknown }
): ListQuery {
  const { $and = [] } = (query.filters ?? {}) as { $and?: Record<string, unknown>[] };
  const { i18n } = (query.plugins ?? {}) as { i18n?: { locale?: string } };
  const statuses = $and.flatMap(({ __status }) =>
    typeof __status === 'object' && __status !== null && '$eq' in __status ? [statusOf(__status.$eq)] : []
  );
  const others = $and.filter((filter) => !('__status' in filter));
  return {
    contentType,
    locale: i18n?.locale,
    status: statuses.at(-1),
    _q: typeof query._q === 'string' && query._q !== '' ? query._q : undefined,
    filters: others.length > 0 ? { $and: others } : undefined,
  };
}

/** The list query that an earlier job was made with; only type and language where it was made for single entries. */
export function queryFromJob(selection: FrozenSelection): ListQuery {
  const place = { contentType: selection.contentType, locale: selection.locale ?? undefined };
  if (selection.kind !== 'query') return place;
  const filters = selection.filters ?? {};
  const $and = Array.isArray(filters.$and) ? filters.$and : Object.keys(filters).length > 0 ? [filters] : [];
  return {
    ...place,
    status: selection.status ?? undefined,
    _q: selection.search ?? undefined,
    filters: $and.length > 0 ? { $and } : undefined,
  };
}

/** A filter as a path, an operator and a value; null where it is more than one comparison. */
export function readFilter(
  filter: Record<string, unknown>
): { path: string; operator: string; value: string } | null {
  const path: string[] = [];
  let rest: unknown = filter;
  while (typeof rest === 'object' && rest !== null) {
    const [entry, ...others] = Object.entries(rest);
    if (!entry || others.length > 0) return null;
    const [key, value] = entry;
    if (key.startsWith('$')) {
      if (typeof value === 'object' && value !== null) return null;
      return path.length === 0 ? null : { path: path.join('.'), operator: key, value: String(value) };
    }
    path.push(key);
    rest = value;
  }
  return null;
}
