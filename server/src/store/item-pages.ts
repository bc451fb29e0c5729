import type { FieldValues, ShownValues, ListItemsQuery } from '../contracts/item';
import { ITEM_STATUSES } from '../contracts/statuses';
import { cutValues } from '../domain/cut-values';
import { readNumber, type Database, type QueryBuilder, type Row } from './database';
import { ITEM_COLUMNS, readValues, toItem, type Item } from './item-row';
import { DELETED } from './job-row';

/** Characters of all values of an item; a longer column is read alone, so that a page of them is never in memory at once. */
const LONG_COLUMN = 20_000;
/** Characters of all values of a page that are handed out whole. */
const MOST_WHOLE = 4_000_000;
/** So many long columns are remembered as they are cut: the page of a job is asked for again every few seconds. */
const MOST_REMEMBERED = 200;

/** An item of a list; its values may be cut. */
export interface ListedItem extends Item {
  values: Record<string, ShownValues>;
}

export type ItemPageStore = ReturnType<typeof createItemPageStore>;

/** Lists of items, of a job and of an entry. Long values are cut: all of a page together may be too much for one text. */
export function createItemPageStore(database: Database) {
  const remembered = new Map<string, Record<string, ShownValues>>();

  const wholeValues = async (id: unknown): Promise<Record<string, FieldValues>> => {
    const row = (await database.table('items').where({ id }).first('field_values')) as Row | undefined;
    return readValues(row?.field_values);
  };

  const cutLongValues = async (row: Row, length: number): Promise<Record<string, ShownValues>> => {
    const { id, status, sequence, attempts, applied_at, ended_at } = row;
    const key = JSON.stringify([id, status, sequence, attempts, applied_at, ended_at, length]);
    const known = remembered.get(key);
    if (known) return known;
    const values = cutValues(await wholeValues(id));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, values);
    return values;
  };

  /** @param mostWhole characters of the values that are not cut, from the first item on */
  const listed = async (query: QueryBuilder, mostWhole: number): Promise<ListedItem[]> => {
    const rows = (await query.select(
      ...ITEM_COLUMNS,
      database.expression('length(field_values) as values_length', []),
      database.expression('case when length(field_values) <= ? then field_values end as field_values', [
        LONG_COLUMN,
      ])
    )) as Row[];
    let left = mostWhole;
    const items: ListedItem[] = [];
    for (const row of rows) {
      const length = readNumber(row.values_length);
      const isLong = length > LONG_COLUMN;
      const isWhole = length <= left;
      if (isWhole) left -= length;
      const values = isLong
        ? await (isWhole ? wholeValues(row.id) : cutLongValues(row, length))
        : readValues(row.field_values);
      items.push({ ...toItem(row), values: isWhole || isLong ? values : cutValues(values) });
    }
    return items;
  };

  const matching = (
    jobKey: number,
    parameters: Pick<ListItemsQuery, 'status' | 'search' | 'errorCode'>,
    labels: boolean
  ): QueryBuilder => {
    let filtered = database.table('items').where({ job_id: jobKey });
    if (parameters.status?.length) filtered = filtered.whereIn('status', parameters.status);
    // The index of errors has the status in front.
    else if (parameters.errorCode) filtered = filtered.whereIn('status', ITEM_STATUSES);
    if (parameters.errorCode) filtered = filtered.where({ error_code: parameters.errorCode });
    const { search } = parameters;
    if (search && !labels) filtered = filtered.where({ entry_document_id: search });
    if (search && labels) {
      const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      const escape = `escape '${database.client === 'mysql' ? '\\\\' : '\\'}'`;
      filtered = filtered.where((either) => {
        void either
          .whereRaw(`lower(label) like ? ${escape}`, [pattern.toLowerCase()])
          // SQLite lowers ASCII only: what begins with “Đ” is found as it is typed.
          .orWhereRaw(`label like ? ${escape}`, [pattern])
          .orWhere({ entry_document_id: search });
      });
    }
    return filtered;
  };

  return {
    /**
     * One page of a job's items. With `values: 'whole'` values are whole as long as they are not too many.
     * @param labels whether the search looks at what entries are called; else at their document ids alone
     */
    async ofJob(
      jobKey: number,
      parameters: ListItemsQuery,
      labels: boolean
    ): Promise<{ items: ListedItem[]; total: number }> {
      const items = await listed(
        matching(jobKey, parameters, labels)
          .orderBy('position')
          .offset((parameters.page - 1) * parameters.pageSize)
          .limit(parameters.pageSize),
        parameters.values === 'whole' ? MOST_WHOLE : 0
      );
      const counted = (await matching(jobKey, parameters, labels).count({ total: '*' }).first()) as
        Row | undefined;
      return { items, total: readNumber(counted?.total) };
    },

    /** Items that wrote, or were offered something for, an entry; the newest first. Null: whoever started their jobs. */
    async ofEntry(
      contentType: string,
      documentId: string,
      locale: string | null,
      onlyStarter: number | null,
      limit: number
    ): Promise<ListedItem[]> {
      const found = database
        .table('items')
        .where({ content_type: contentType, entry_document_id: documentId, entry_locale: locale ?? '' });
      const deleted = database.table('jobs').where({ status: DELETED }).select('id');
      const own = database.table('jobs').where({ starter_id: onlyStarter }).whereNot({ status: DELETED });
      const visible =
        onlyStarter === null
          ? found.whereNotIn('job_id', deleted)
          : found.whereIn('job_id', own.select('id'));
      return listed(visible.orderBy('id', 'desc').limit(limit), 0);
    },
  };
}
