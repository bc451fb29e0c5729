import { describe, expect, it } from 'vitest';
import { insistOnKnownNames } from '../../server/src/config/known-names';

const known = { providers: ['openai', 'gemini'], jobTypes: ['fill-fields', 'undo'] };

describe('insistOnKnownNames', () => {
  it('lets what exists pass', () => {
    expect(() =>
      insistOnKnownNames({ providers: { openai: {} }, jobTypes: { undo: {} } }, known)
    ).not.toThrow();
  });

  it('names every unknown name at once, with the nearest that exists', () => {
    const wrong = { providers: { openia: {}, zzzzzzzz: {} }, jobTypes: { fill_field: {} } };
    expect(() => insistOnKnownNames(wrong, known)).toThrow(
      /providers\.openia: there is no provider "openia"\. Did you mean "openai"\?[^]*providers\.zzzzzzzz[^]*There are: openai, gemini[^]*jobTypes\.fill_field: there is no job type "fill_field"\. Did you mean "fill-fields"\?/
    );
  });
});
