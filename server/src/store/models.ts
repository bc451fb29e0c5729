/**
 * The tables of volume, as internal models: Strapi creates and migrates them, nothing else of it sees them.
 * Times are epoch milliseconds in big integers, JSON is text: the same on every database.
 */
// Strapi writes column names into what it is given: every attribute is an object of its own.
const id = () => ({ type: 'increments' });
const integer = () => ({ type: 'integer' });
const count = () => ({ type: 'integer', default: 0 });
const time = () => ({ type: 'biginteger' });
const word = () => ({ type: 'string' });
const text = () => ({ type: 'text' });
const amount = () => ({ type: 'float' });

export const TABLES = {
  jobs: 'ai_jobs_jobs',
  items: 'ai_jobs_items',
  selections: 'ai_jobs_selections',
  replies: 'ai_jobs_replies',
  usages: 'ai_jobs_usages',
  events: 'ai_jobs_events',
  workers: 'ai_jobs_workers',
} as const;

const index = (table: string, name: string, columns: string[], type?: 'unique') => ({
  name: `${table}_${name}`,
  columns,
  ...(type ? { type } : {}),
});

const item = {
  uid: 'plugin::ai-jobs.item',
  singularName: 'ai-jobs-item',
  tableName: TABLES.items,
  attributes: {
    id: id(),
    jobId: integer(),
    position: integer(),
    contentType: word(),
    entryDocumentId: word(),
    /** Empty where the type is not localized: a null would not count as equal in the unique index. */
    entryLocale: word(),
    label: word(),
    status: word(),
    errorCode: word(),
    reason: text(),
    message: text(),
    attempts: count(),
    crashes: count(),
    lease: word(),
    leaseUntil: time(),
    nextAttemptAt: time(),
    /** When its message was sent; null: it has none; below 0: it is to have none before its next attempt is due, then. */
    queuedAt: time(),
    sequence: count(),
    fieldValues: text(),
    fingerprint: word(),
    appliedAt: time(),
    publication: word(),
    undoneAt: time(),
    sourceItemId: integer(),
    inputTokens: count(),
    cachedTokens: count(),
    outputTokens: count(),
    reasoningTokens: count(),
    costUsd: amount(),
    calls: count(),
    progress: amount(),
    startedAt: time(),
    endedAt: time(),
    durationMs: integer(),
  },
  indexes: [
    index(
      TABLES.items,
      'entry_unique',
      ['job_id', 'content_type', 'entry_document_id', 'entry_locale'],
      'unique'
    ),
    index(TABLES.items, 'list', ['job_id', 'position']),
    index(TABLES.items, 'status_list', ['job_id', 'status', 'position']),
    index(TABLES.items, 'window', ['job_id', 'status', 'queued_at', 'position']),
    index(TABLES.items, 'error_groups', ['job_id', 'status', 'error_code', 'id']),
    index(TABLES.items, 'standing', ['job_id', 'undone_at', 'applied_at']),
    index(TABLES.items, 'crashes', ['job_id', 'crashes']),
    index(TABLES.items, 'ended', ['job_id', 'ended_at']),
    index(TABLES.items, 'leases', ['status', 'lease_until']),
    index(TABLES.items, 'entry', ['content_type', 'entry_document_id']),
  ],
};

const selection = {
  uid: 'plugin::ai-jobs.selection',
  singularName: 'ai-jobs-selection',
  tableName: TABLES.selections,
  attributes: { id: id(), jobId: integer(), chunk: integer(), entryIds: text() },
  indexes: [index(TABLES.selections, 'job', ['job_id', 'chunk'])],
};

const reply = {
  uid: 'plugin::ai-jobs.reply',
  singularName: 'ai-jobs-reply',
  tableName: TABLES.replies,
  attributes: {
    id: id(),
    jobId: integer(),
    itemId: integer(),
    fingerprint: word(),
    request: text(),
    reply: text(),
    rejected: { type: 'boolean', default: false },
    createdMs: time(),
  },
  indexes: [
    index(TABLES.replies, 'item', ['item_id', 'fingerprint']),
    index(TABLES.replies, 'job', ['job_id']),
  ],
};

const usage = {
  uid: 'plugin::ai-jobs.usage',
  singularName: 'ai-jobs-usage',
  tableName: TABLES.usages,
  attributes: {
    id: id(),
    jobId: integer(),
    itemId: integer(),
    personId: integer(),
    purpose: word(),
    provider: word(),
    model: word(),
    modelAnswered: word(),
    inputTokens: count(),
    cachedTokens: count(),
    outputTokens: count(),
    reasoningTokens: count(),
    costUsd: amount(),
    durationMs: integer(),
    outcome: word(),
    /** JSON: what was wrong with the call or with what it brought. */
    reason: text(),
    requestId: word(),
    createdMs: time(),
  },
  indexes: [
    index(TABLES.usages, 'item', ['item_id']),
    index(TABLES.usages, 'job', ['job_id']),
    index(TABLES.usages, 'time', ['created_ms']),
  ],
};

const event = {
  uid: 'plugin::ai-jobs.event',
  singularName: 'ai-jobs-event',
  tableName: TABLES.events,
  attributes: {
    id: id(),
    jobId: integer(),
    createdMs: time(),
    event: word(),
    personId: integer(),
    personName: word(),
    reason: text(),
  },
  indexes: [index(TABLES.events, 'job', ['job_id'])],
};

const worker = {
  uid: 'plugin::ai-jobs.worker',
  singularName: 'ai-jobs-worker',
  tableName: TABLES.workers,
  attributes: {
    id: id(),
    workerId: word(),
    kind: word(),
    host: word(),
    pid: integer(),
    version: word(),
    startedMs: time(),
    heartbeatMs: time(),
    activeItems: count(),
    /** JSON: per queue how much it takes at once and has in hand. */
    queues: text(),
  },
  indexes: [index(TABLES.workers, 'worker', ['worker_id'], 'unique')],
};

export const INTERNAL_MODELS = [item, selection, reply, usage, event, worker];
