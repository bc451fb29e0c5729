import type { Core } from '@strapi/strapi';
import { withDetail, type ReasonParams } from '../contracts/reason';
import { labelFieldOf, labelOf, mainFieldOf } from '../domain/entry-label';
import { conditionsIn, MOST_CONDITIONS, wrongOperand } from '../domain/filter-operands';
import type { EntryRows } from '../store/entry-rows';
import { documentsOf, hasDrafts, isLocalized, schemaLookup, versionOf, type Entry } from './documents';
import type { ActingPerson, EntryPermissions } from './permissions';

/** Which entries of one type, as the engine asks for them. */
export interface EntryQuery {
  contentType: string;
  locale: string | null;
  /** Only these; null: all that the rest of the query matches. */
  documentIds: string[] | null;
  status: 'draft' | 'published' | 'published-modified' | 'published-unmodified' | null;
  filters: Record<string, unknown> | null;
  search: string | null;
  /** The field that entries are called by; left out: the one set in the Content Manager; else as in Job. */
  labelField?: string | null;
}

/** An entry found for a job, and whether the person may write the fields in question. */
export interface FoundEntry {
  rowId: number;
  documentId: string;
  locale: string | null;
  label: string;
  writable: boolean;
}

/** Rows looked at per query. */
const CHUNK = 500;
/** Chunks that are read while somebody waits for an answer. */
const MOST_LOOKS = 4;

/** How Strapi's database says, in plain errors, that a filter's value or operator is not one for its field. */
const REFUSED_VALUE =
  /^(Expected a valid |Undefined attribute level operator|Operator |Only one operator|Only \$and|Where must be|You cannot filter on|Cannot join on|Undefined field for type)/;
const REFUSALS = ['ValidationError', 'YupValidationError'];
const REFUSED_FORMATS = /^Invalid(Date|DateTime|Time|Relation)(Format|Error)$/;
/**
 * What databases say of a statement that only the filters can have spoilt. PostgreSQL: "data exception", "datatype mismatch",
 * "undefined function" (an operator that the type has not), "syntax error" (Strapi makes one of lists where none belong),
 * "program limit exceeded", too many values. SQLite has one code for all of them; MySQL names each.
 */
const REFUSED_BY_DATABASE =
  /^(22[0-9A-Z]{3}|54[0-9A-Z]{3}|42804|42883|42601|08P01|SQLITE_ERROR|SQLITE_MISMATCH|ER_PARSE_ERROR|ER_TOO_MANY_TABLES|ER_TRUNCATED_WRONG_VALUE|ER_WRONG_VALUE)$/;

/** A query on entries that cannot be run because of its filters. */
export class QueryRefusedError extends Error {
  override name = 'QueryRefusedError';

  /** @param params why, as the `{detail}` of a reason; the message is the same in English */
  constructor(readonly params: ReasonParams) {
    super(String(params.detail));
  }
}

/** Tells a fault of the filters from a fault of the database; null: not the filters'. */
function refusalOf(error: unknown): QueryRefusedError | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof TypeError || error.name === 'AssertionError')
    return new QueryRefusedError(withDetail({}, 'detail_filter_kind'));
  const byDatabase = 'code' in error && REFUSED_BY_DATABASE.test(String(error.code));
  if (byDatabase) return new QueryRefusedError(withDetail({}, 'detail_filter_type'));
  const refused =
    REFUSALS.includes(error.name) || REFUSED_FORMATS.test(error.name) || REFUSED_VALUE.test(error.message);
  if (!refused) return null;
  const said = error.message.slice(0, 300);
  return new QueryRefusedError(withDetail({ said }, 'detail_filter_refused', 'detail_technical'));
}

/** Runs a query with a person's own filters. @throws QueryRefusedError */
async function withRefusals<Result>(query: EntryQuery, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw (query.filters && refusalOf(error)) || error;
  }
}

export type EntrySelections = ReturnType<typeof createEntrySelections>;

/** Finds the entries of a selection, chunk by chunk, with the person's own eyes. */
export function createEntrySelections(
  strapi: Core.Strapi,
  entryRows: EntryRows,
  permissions: EntryPermissions
) {
  const lookup = schemaLookup(strapi);

  /** The attribute people know an entry by: as set in the Content Manager, else the first one that fits; empty: there is none. */
  const mainField = async (contentType: string): Promise<string> => {
    const schema = lookup(contentType);
    if (!schema) return '';
    const configuration = (await strapi
      .plugin('content-manager')
      .service('content-types')
      .findConfiguration(schema)) as {
      settings?: { mainField?: string };
    };
    const chosen = configuration.settings?.mainField;
    return chosen && chosen !== 'id' && chosen !== 'documentId' && schema.attributes[chosen]
      ? chosen
      : (mainFieldOf(schema) ?? '');
  };

  /** For answers to a person: entries are called by what this person may read. */
  const withReadableLabels = async (person: ActingPerson, query: EntryQuery): Promise<EntryQuery> => {
    const field = await mainField(query.contentType);
    const mayRead = field !== '' && permissions.mayReadPath(person, query.contentType, field, lookup);
    return { ...query, labelField: mayRead ? field : '' };
  };

  const statusMatches = (
    status: EntryQuery['status'],
    versions: { draftAt: number | null; publishedAt: number | null } | undefined
  ): boolean => {
    if (status === null) return true;
    const publishedAt = versions?.publishedAt ?? null;
    if (status === 'draft') return publishedAt === null;
    if (publishedAt === null) return false;
    const modified = (versions?.draftAt ?? 0) > publishedAt;
    return status === 'published' || (status === 'published-modified' ? modified : !modified);
  };

  const parametersFor = async (person: ActingPerson, query: EntryQuery) => {
    const wrong = wrongOperand(query.filters);
    if (wrong) throw new QueryRefusedError(withDetail({ operator: wrong }, 'detail_filter_operator'));
    const conditions = conditionsIn(query.filters ?? {});
    if (conditions > MOST_CONDITIONS)
      throw new QueryRefusedError(
        withDetail({ conditions, most: MOST_CONDITIONS }, 'detail_filter_conditions')
      );
    const readable = await withRefusals(query, () =>
      permissions.readableQuery(person, query.contentType, {
        ...(query.filters ? { filters: query.filters } : {}),
        ...(query.search ? { _q: query.search } : {}),
      })
    );
    return {
      filters: (readable.filters as Record<string, unknown> | undefined) ?? {},
      ...(query.search ? { _q: query.search } : {}),
      ...versionOf(lookup(query.contentType), query.locale),
    };
  };

  /** One chunk after a row id, up to the last one; the rows looked at may be more than those found. */
  const chunk = async (
    person: ActingPerson,
    query: EntryQuery,
    fields: string[],
    afterId: number,
    lastId: number | null,
    limit = CHUNK
  ): Promise<{ entries: FoundEntry[]; cursor: number; done: boolean }> => {
    const schema = lookup(query.contentType);
    if (!schema) return { entries: [], cursor: afterId, done: true };
    const parameters = await parametersFor(person, query);
    const conditions = permissions.conditionPopulate(person, query.contentType);
    const wanted =
      query.labelField === undefined
        ? await mainField(query.contentType)
        : labelFieldOf(query.labelField, schema);
    // It may have been removed since.
    const titleField = schema.attributes[wanted] ? wanted : null;
    const rows = await withRefusals(query, () =>
      documentsOf(strapi, query.contentType).findMany({
        ...parameters,
        filters: {
          $and: [
            parameters.filters,
            { id: { $gt: afterId, ...(lastId === null ? {} : { $lte: lastId }) } },
            ...(query.documentIds ? [{ documentId: { $in: query.documentIds } }] : []),
          ],
        },
        fields: [
          ...new Set([
            'documentId',
            ...(isLocalized(schema) ? ['locale'] : []),
            ...(titleField ? [titleField] : []),
            ...conditions.fields,
          ]),
        ],
        populate: conditions.populate,
        sort: 'id:asc',
        limit,
      })
    );
    const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
    const versions =
      query.status && hasDrafts(schema)
        ? await entryRows.versions(
            query.contentType,
            unique.map((row) => row.documentId),
            query.locale
          )
        : null;
    const toFound = (row: Entry): FoundEntry => ({
      rowId: row.id,
      documentId: row.documentId,
      locale: isLocalized(schema) && typeof row.locale === 'string' ? row.locale : null,
      label: labelOf(row, titleField),
      writable: permissions.mayUpdateEntry(person, query.contentType, row, fields),
    });
    return {
      entries: unique
        .filter((row) => !versions || statusMatches(query.status, versions.get(row.documentId)))
        .map(toFound),
      cursor: Math.max(afterId, ...unique.map((row) => row.id)),
      done: rows.length < limit,
    };
  };

  return {
    chunk,
    mainField,

    /**
     * How many entries a selection has, how many of them this person may not write, and a few of their titles.
     * Where no condition hangs on the single entry, they are counted by the database.
     */
    async count(
      person: ActingPerson,
      query: EntryQuery,
      fields: string[]
    ): Promise<{ total: number; forbidden: number; exampleLabels: string[] }> {
      const first = await chunk(person, await withReadableLabels(person, query), fields, 0, null, CHUNK);
      const exampleLabels = first.entries.slice(0, 5).map((entry) => entry.label);
      const conditions = permissions.conditionPopulate(person, query.contentType);
      const plain =
        query.status === null &&
        conditions.fields.length === 0 &&
        Object.keys(conditions.populate).length === 0;
      if (plain && !first.done) {
        const parameters = await parametersFor(person, query);
        const total = await withRefusals(query, () =>
          documentsOf(strapi, query.contentType).count({
            ...parameters,
            filters: query.documentIds
              ? { $and: [parameters.filters, { documentId: { $in: query.documentIds } }] }
              : parameters.filters,
          })
        );
        return {
          total,
          forbidden: first.entries.some((entry) => !entry.writable) ? total : 0,
          exampleLabels,
        };
      }
      let { entries, cursor, done } = first;
      let total = entries.length;
      let forbidden = entries.filter((entry) => !entry.writable).length;
      while (!done) {
        ({ entries, cursor, done } = await chunk(person, query, fields, cursor, null, CHUNK));
        total += entries.length;
        forbidden += entries.filter((entry) => !entry.writable).length;
      }
      return { total, forbidden, exampleLabels };
    },

    /** Whether an entry may match, writable or not: where a few looks do not tell, as it is with rare statuses, the listing will. */
    async mayExist(person: ActingPerson, query: EntryQuery): Promise<boolean> {
      // What is published and what is modified is told apart only after reading.
      const limit = query.status === null ? 1 : CHUNK;
      let afterId = 0;
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const { entries, cursor, done } = await chunk(person, query, [], afterId, null, limit);
        if (entries.length > 0) return true;
        if (done) return false;
        afterId = cursor;
      }
      return true;
    },

    /** The first entries of a selection that may be written, for a sample. */
    async first(
      person: ActingPerson,
      query: EntryQuery,
      fields: string[],
      limit: number
    ): Promise<FoundEntry[]> {
      const found: FoundEntry[] = [];
      const readable = await withReadableLabels(person, query);
      let afterId = 0;
      for (;;) {
        const { entries, cursor, done } = await chunk(person, readable, fields, afterId, null, 50);
        found.push(...entries.filter((entry) => entry.writable));
        if (found.length >= limit || done) return found.slice(0, limit);
        afterId = cursor;
      }
    },
  };
}
