import { describe, expect, it } from 'vitest';
import { mergePopulate } from '../../server/src/domain/populate';

describe('mergePopulate', () => {
  it('keeps what only one of the two names', () => {
    expect(mergePopulate({ a: { fields: ['x'] } }, { b: true })).toEqual({ a: { fields: ['x'] }, b: true });
  });

  it('joins the fields and what is below, however deep', () => {
    expect(
      mergePopulate(
        { chapter: { fields: ['name'], populate: { book: { fields: ['name'], populate: {} } } } },
        { chapter: { fields: ['name', 'number'], populate: { book: { fields: ['year'] }, owner: true } } }
      )
    ).toEqual({
      chapter: {
        fields: ['name', 'number'],
        populate: { book: { fields: ['name', 'year'], populate: {} }, owner: true },
      },
    });
  });

  it('reads all fields where one of the two does, and still what the other has below', () => {
    expect(
      mergePopulate({ chapter: true }, { chapter: { fields: ['name'], populate: { book: true } } })
    ).toEqual({ chapter: { populate: { book: true } } });
    expect(mergePopulate({ chapter: { fields: ['name'] } }, { chapter: true })).toEqual({ chapter: true });
    expect(
      mergePopulate({ createdBy: { populate: { roles: true } } }, { createdBy: { fields: ['id'] } })
    ).toEqual({ createdBy: { populate: { roles: true } } });
  });
});
