import { describe, expect, it } from 'vitest';
import { reasonSentence, withDetail, type StoredReason } from '../../server/src/contracts/reason';
import { withoutContent } from '../../server/src/domain/reason-content';

const reason = (code: StoredReason['code'], params: StoredReason['params']): StoredReason => ({
  code,
  params,
  retryable: true,
});

describe('a reason for those who may not read what it is about', () => {
  it.each([
    reason('unchanged', {}),
    reason('crashed', { crashes: 3 }),
    reason('entry_forbidden', { person: 'An Editor' }),
    reason('answer_too_long', { field: 'metaTitle', length: 90, maxLength: 60 }),
    reason('answer_invalid', withDetail({ field: 'metaTitle' }, 'detail_value_missing')),
    reason(
      'prompt_failed',
      withDetail({ filter: 'nope', line: 3 }, 'template_filter_unknown', 'detail_in_line')
    ),
    reason(
      'provider_unreachable',
      withDetail({ provider: 'OpenAI', network: 'EPIPE' }, 'detail_network_closed')
    ),
  ])('stays as it is where nothing of it is content: $code', (stored) => {
    expect(withoutContent(stored)).toBe(stored);
  });

  it.each([
    reason('answer_refused', { detail: 'The secret' }),
    reason('write_refused', { detail: 'The secret' }),
    reason('provider_bad_request', { provider: 'OpenAI', model: 'm', status: 400, detail: 'The secret' }),
    reason(
      'provider_bad_reply',
      withDetail({ provider: 'OpenAI', excerpt: 'The secret' }, 'detail_reply_not_json')
    ),
    reason(
      'answer_invalid',
      withDetail({ field: 'level', value: 'The secret', options: 'a, b' }, 'detail_value_no_option')
    ),
    reason('answer_refused', { detail: 'The secret', detailCode: 'no code of ours' }),
    reason('internal_error', { detail: 'x', other: 'The secret' }),
  ])('says that the rest is not shown: $code', (stored) => {
    const bare = withoutContent(stored);
    expect(JSON.stringify(bare)).not.toContain('The secret');
    expect(bare).toMatchObject({ code: stored.code, retryable: true });
    for (const language of ['en', 'vi'] as const)
      expect(reasonSentence(bare, language)).toMatch(/(not shown, because|không hiển thị, vì)/);
    expect(reasonSentence(bare)).not.toContain('{');
  });
});
