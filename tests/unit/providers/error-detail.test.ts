import { describe, expect, it } from 'vitest';
import { cleanDetail } from '../../../server/src/providers/error-detail';

describe('cleanDetail', () => {
  it('replaces the key, also where it is interrupted by invisible characters or stands at the cut', () => {
    expect(cleanDetail('wrong key sk-abcdef12 here', 'sk-abcdef12')).toBe('wrong key [key] here');
    expect(cleanDetail('wrong key sk-abc\u200bdef12 here', 'sk-abcdef12')).toBe('wrong key [key] here');
    expect(cleanDetail(`${'x'.repeat(295)} sk-abcdef12`, 'sk-abcdef12')).not.toContain('sk-');
    expect(cleanDetail('header was Bearer other-key', null)).toBe('header was Bearer [key]');
  });

  it('removes control and direction characters, and is at most 300 characters long', () => {
    expect(cleanDetail('one\u0000\n\ttwo\u202e three\u2028', null)).toBe('one two three');
    const long = cleanDetail('é😀'.repeat(400), null);
    expect([...long]).toHaveLength(300);
    expect(long.endsWith('…')).toBe(true);
  });

  it('takes credentials and queries out of addresses', () => {
    expect(cleanDetail('see https://user:pass@host.example/v1/path?key=1 please', null)).toBe(
      'see https://host.example/v1/path please'
    );
  });
});
