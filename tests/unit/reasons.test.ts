import { describe, expect, it, test } from 'vitest';
import {
  REASON_SENTENCES,
  reasonSentence,
  withDetail,
  type ReasonParams,
} from '../../server/src/contracts/reason';
import { WorkError } from '../../server/src/domain/work-error';
import { QueryRefusedError } from '../../server/src/entries/selections';

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

  it('of a driver or a thrown error is introduced as a technical one, and stays as it was said', () => {
    const said = 'the disk is full';
    const params = withDetail({ said }, 'detail_technical');
    const failed = { code: 'listing_failed', params };
    expect(reasonSentence(failed)).toBe(
      'The entries could not be listed. Technical detail: the disk is full'
    );
    expect(reasonSentence(failed, 'vi')).toBe(
      'Không liệt kê được các mục. Chi tiết kỹ thuật: the disk is full'
    );
    for (const code of ['internal_error', 'listing_delayed']) {
      expect(reasonSentence({ code, params: { detail: said } })).toMatch(
        / Technical detail: the disk is full$/
      );
      expect(reasonSentence({ code, params: { detail: said } }, 'vi')).toMatch(
        / Chi tiết kỹ thuật: the disk is full$/
      );
    }
  });

  it('of a refused listing is a sentence in both languages', () => {
    const failed = (params: ReasonParams) => ({ code: 'listing_failed', params });
    const wrong = new QueryRefusedError(withDetail({ operator: '$in' }, 'detail_filter_operator'));
    expect(wrong.message).toBe('In the filters, “$in” has a value that this operator does not take.');
    expect(reasonSentence(failed(wrong.params))).toBe(`The entries could not be listed. ${wrong.message}`);
    expect(reasonSentence(failed(wrong.params), 'vi')).toBe(
      'Không liệt kê được các mục. Trong bộ lọc, “$in” có giá trị mà toán tử này không nhận.'
    );
    const gone = withDetail({}, 'detail_starter_gone');
    expect(reasonSentence(failed(gone), 'vi')).toBe(
      'Không liệt kê được các mục. Người bắt đầu công việc không còn tài khoản.'
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
