import { describe, expect, it, test } from 'vitest';
import { REASON_SENTENCES, reasonSentence, withDetail } from '../../server/src/contracts/reason';
import { WorkError } from '../../server/src/domain/work-error';

const namesIn = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

test.each(Object.entries(REASON_SENTENCES.en))(
  '%s names the same things in both languages',
  (code, english) => {
    const vietnamese = Object.entries(REASON_SENTENCES.vi).find(([key]) => key === code)?.[1] ?? '';
    expect(new Set(namesIn(vietnamese))).toEqual(new Set(namesIn(english)));
  }
);

describe('a detail', () => {
  it('in the plugin’s own words comes in the language of the sentence', () => {
    const params = withDetail({ provider: 'OpenAI', network: 'ECONNREFUSED' }, 'detail_network_refused');
    const reason = { code: 'provider_unreachable', params };
    expect(params.detail).toBe('connection refused, ECONNREFUSED');
    expect(reasonSentence(reason)).toBe(
      'OpenAI could not be reached at its address (connection refused, ECONNREFUSED).'
    );
    expect(reasonSentence(reason, 'vi')).toBe(
      'Không kết nối được tới địa chỉ của OpenAI (kết nối bị từ chối, ECONNREFUSED).'
    );
  });

  it('may be put together of several', () => {
    const params = withDetail({ filter: 'nope', line: 3 }, 'template_filter_unknown', 'detail_in_line');
    const { message } = new WorkError('prompt_failed', params);
    expect(message).toBe(
      'The prompt could not be filled in for this entry: There is no filter “nope”. (line 3)'
    );
    expect(reasonSentence({ code: 'prompt_failed', params }, 'vi')).toMatch(
      /Không có bộ lọc “nope”\. \(dòng 3\)$/
    );
  });

  it('in the words of others stays as they said it', () => {
    const params = { provider: 'OpenAI', detail: 'Wrong {provider}' };
    expect(reasonSentence({ code: 'provider_bad_request', params }, 'vi')).toBe(
      'OpenAI không chấp nhận yêu cầu: Wrong {provider}'
    );
  });

  it('with a code that nobody knows is the one that stands beside it', () => {
    const params = { provider: 'OpenAI', detail: 'as it was', detailCode: 'of_a_newer_version' };
    expect(reasonSentence({ code: 'provider_bad_request', params })).toBe(
      'OpenAI did not accept the request: as it was'
    );
  });
});
