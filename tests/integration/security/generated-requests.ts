import fc from 'fast-check';
import routes from '../../../server/src/routes';
import { fillBody, POST } from '../../bookshop/fill-jobs';
import { bytesOf, nastyFilters, NASTY_TEXTS, nearly } from './nasty-json';

/** What exists in the shop, so that requests get past the first check. It is looked at when a request is generated. */
export interface Known {
  jobIds: string[];
  items: { id: string; jobId: string }[];
  promptIds: string[];
  documentIds: string[];
  /** Of the fake AI: no request leaves the machine. */
  aiUrl: string;
}

export interface GeneratedRequest {
  /** As in the plugin's routes: `GET /jobs/:id`. */
  route: string;
  /** Whether its address has an id, and is meant to be that of something that exists. */
  meansSomething: boolean;
  method: string;
  path: string;
  /** The bytes; undefined: none. */
  body: string | undefined;
}

const unsaid = fc.constantFrom(...NASTY_TEXTS.filter((text) => text !== '' && text.length < 2_000));

/** As browsers send it; what no encoding has (half a surrogate pair) becomes the replacement character. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

type Names = Record<string, string>;

/** The names in the address of the nth of the things that exist, by their place in the pattern. */
function namesOf(pattern: string, known: Known, nth: number): Names {
  const pick = <Thing>(things: readonly Thing[]): Thing | undefined => things[nth % things.length];
  const item = pattern.includes(':itemId') ? pick(known.items) : undefined;
  return {
    ':id': item?.jobId ?? pick(pattern.startsWith('/prompts') ? known.promptIds : known.jobIds) ?? '1',
    ':itemId': item?.id ?? '1',
    ':contentType': pick([POST, 'api::chapter.chapter', 'admin::user']) ?? POST,
    ':documentId': pick(known.documentIds) ?? '1',
    ':name': pick(['openai', 'openai-compatible', 'deepseek']) ?? 'openai',
  };
}

/** Names of something that exists; another one at each request. */
const names = (pattern: string, known: Known): fc.Arbitrary<Names> =>
  fc.integer({ min: 0, max: 1_000_000 }).map((nth) => namesOf(pattern, known, nth));

const segment = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: name.map(encoded) },
    { weight: 2, arbitrary: unsaid.map(encoded) },
    { weight: 1, arbitrary: fc.string({ minLength: 1 }).map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom('%00', '%E0%A4%A', '%2e%2e', '.', '9'.repeat(400), '%ff') }
  );

type Place = Pick<GeneratedRequest, 'path' | 'meansSomething'>;

/** Mostly the address of something that exists; else each name in it may be another's, or nobody's. */
function placeFor(pattern: string, known: Known): fc.Arbitrary<Place> {
  const parts = pattern.split('/').slice(1);
  const address = (chosen: string[]): string => `/ai-jobs/${chosen.join('/')}`;
  const right = names(pattern, known).map((of) => ({
    path: address(parts.map((part) => encoded(of[part] ?? part))),
    meansSomething: parts.includes(':id'),
  }));
  const bent = fc
    .tuple(
      ...parts.map((part) =>
        part.startsWith(':') ? segment(names(pattern, known).map((of) => of[part] ?? '1')) : fc.constant(part)
      )
    )
    .map((chosen) => ({ path: address(chosen), meansSomething: false }));
  return fc.oneof({ weight: 7, arbitrary: right }, { weight: 3, arbitrary: bent });
}

const NAMES =
  'status type search createdBy sort page pageSize errorCode locale contentType filters _q populate fields __proto__ constructor'.split(
    ' '
  );
const VALUES = [
  ...'createdAt:desc title:asc status:up password:asc createdAt ;drop :: 0 -1 1.5 1e9 9007199254740993 99999999999999999999'.split(
    ' '
  ),
  ...'NaN two 1 2 completed done completed,failed ,,,, me 1,2 en vi %00 %E0%A4%A [] {} true'.split(' '),
];

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      fc.oneof(
        fc.constant(''),
        fc.constantFrom(
          '[]',
          '[0]',
          '[99999]',
          '[a]',
          '[a][b][c][d][e][f][g]',
          '[$eq]',
          '[__proto__]',
          '[',
          ']'
        ),
        fc.constant('[a]'.repeat(200))
      ),
      fc.oneof(fc.constantFrom(...VALUES), unsaid.map(encoded), fc.string().map(encoded))
    ),
    { maxLength: 4 }
  )
  .map((parts) =>
    parts.length === 0 ? '' : `?${parts.map(([name, at, value]) => `${name}${at}=${value}`).join('&')}`
  );

/** A right body for a route that takes one; for the others an empty object. */
function rightBodies(known: Known): Record<string, unknown[]> {
  const documentIds = known.documentIds.slice(0, 2);
  const settings = {
    systemMessage: 'Be brief.',
    temperature: 0.5,
    maxTokens: 100,
    html: false,
    extra: { top_p: 0.9 },
    skipUnchanged: false,
    outputs: [{ field: 'metaTitle', instructions: 'Short.', maxLength: 60, overwrite: 'always' }],
  };
  const startAt = '2099-01-01T00:00:00.000Z';
  const jobs = [
    fillBody({ contentType: POST, locale: 'en', documentIds }, settings, {
      title: 'Generated',
      priority: 'low',
      startAt,
    }),
    fillBody(
      {
        contentType: POST,
        locale: 'en',
        status: 'draft',
        filters: { $and: [{ title: { $startsWith: 'A' } }, { chapter: { name: { $contains: 'e' } } }] },
        search: 'the',
      },
      settings,
      { startAt }
    ),
    fillBody({ contentType: POST, documentIds: documentIds.slice(0, 1) }, {}, { idempotencyKey: 'once' }),
  ];
  const prompt = {
    name: 'Generated',
    contentType: POST,
    template: '{{ title }} {% if chapter %}{{ chapter.name | upcase }}{% endif %}',
    systemMessage: 'Be brief.',
    outputs: [{ field: 'metaTitle', maxLength: 60 }],
    provider: 'openai',
    model: 'gpt-test',
    html: false,
    language: 'en',
  };
  return {
    'POST /jobs': jobs,
    'POST /jobs/sample': jobs,
    'POST /jobs/clean': [{ olderThanDays: 30 }],
    'POST /jobs/:id/retry': [{ errorCode: 'answer_refused' }, {}],
    'POST /selection/count': jobs.map(({ selection }) => ({ selection, fields: ['metaTitle'] })),
    'POST /prompts': [prompt],
    'PUT /prompts/:id': [prompt],
    'POST /prompts/check': [
      { contentType: POST, template: prompt.template, documentId: documentIds[0], locale: 'en' },
    ],
    'POST /providers/:name/test': [{ model: 'gpt-test' }],
    'PUT /settings': [
      {
        providers: {
          'openai-compatible': {
            apiKey: 'sk-generated-1234567890',
            baseUrl: known.aiUrl,
            defaultModel: 'gpt-test',
            maxParallel: 5,
            requestsPerMinute: 100_000,
          },
        },
        defaults: { provider: 'openai', temperature: 1, maxTokens: 1_000, mode: 'apply' },
        systemMessages: { [POST]: 'Be brief.' },
        limits: { concurrency: 10, attempts: 2, timeoutSeconds: 5, backoffSeconds: [1] },
        retention: { deleteJobsAfterDays: 3_000 },
      },
    ],
  };
}

/** Filters alone are most of what can go wrong in a selection, so they get requests of their own. */
function bodyFor(route: string, known: Known): fc.Arbitrary<string | undefined> {
  const right = rightBodies(known)[route] ?? [{}];
  const near = fc.oneof(...right.map(nearly)).map(bytesOf);
  const selections = nastyFilters.map((filters) => {
    const selection = { contentType: POST, filters };
    return bytesOf(route === 'POST /selection/count' ? { selection } : fillBody(selection));
  });
  const takesSelection = ['POST /jobs', 'POST /jobs/sample', 'POST /selection/count'].includes(route);
  return fc.oneof(
    { weight: 16, arbitrary: near },
    { weight: takesSelection ? 10 : 0, arbitrary: selections },
    { weight: 1, arbitrary: fc.constantFrom(undefined, '', '{', '[1,', 'null', '"text"', '1', '\u0000') },
    { weight: 1, arbitrary: fc.constant(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) },
    {
      weight: 1,
      arbitrary: near.map((text) => text.replace(/^\{/, '{"type":"undo","__proto__":{"polluted":true},')),
    }
  );
}

/** One request to any of the plugin's routes; those that take a body come more often. */
export function generatedRequests(known: Known): fc.Arbitrary<GeneratedRequest> {
  return fc.oneof(
    ...routes.admin.routes.map(({ method, path }) => {
      const route = `${method} ${path}`;
      const takesBody = method === 'POST' || method === 'PUT';
      const isLarge = Object.hasOwn(rightBodies(known), route);
      return {
        weight: isLarge ? 4 : 1,
        arbitrary: fc
          .tuple(
            placeFor(path, known),
            // Nothing is asked for beside a body; one may stand there all the same.
            takesBody ? fc.oneof({ weight: 4, arbitrary: fc.constant('') }, query) : query,
            takesBody ? bodyFor(route, known) : fc.constant(undefined)
          )
          .map(([place, asked, body]) => ({
            route,
            method,
            path: place.path + asked,
            meansSomething: place.meansSomething,
            body,
          })),
      };
    })
  );
}
