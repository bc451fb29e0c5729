import { errors } from '@strapi/utils';
import { expect, test } from 'vitest';
import { isRefusal, refusalParams } from '../../server/src/entries/refusals';

test('Strapi’s no to a value is told in its words', () => {
  const error = new errors.ValidationError('2 relation(s) of type api::author.author do not exist');
  expect(isRefusal(error)).toBe(true);
  expect(refusalParams(error)).toEqual({ detail: '2 relation(s) of type api::author.author do not exist' });
});

test('a look for related entries that failed is no refusal: it says nothing of the value', () => {
  const error = new errors.ValidationError('Invalid relations');
  expect(isRefusal(error)).toBe(false);
  expect(refusalParams(error)).toBeNull();
});

test('what a driver refuses is told in words of the plugin’s own', () => {
  expect(refusalParams(Object.assign(new Error('value too long'), { code: '22001' }))).toMatchObject({
    detailCode: 'detail_database_too_long',
  });
  expect(refusalParams(new Error('Connection terminated unexpectedly'))).toBeNull();
});
