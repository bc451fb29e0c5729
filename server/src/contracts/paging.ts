import { z } from 'zod';

/** The page asked for, counted from 1. */
export const page = z.coerce.number().int().min(1).max(1_000_000).default(1);
/** How many rows a page has. */
export const pageSize = z.coerce.number().int().min(1).max(100).default(10);

/** Several of the values, as `?status=a,b` or `?status=a&status=b`. */
export const listOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : value.split(',')).filter((part) => part !== ''))
    .pipe(z.array(z.enum(values)));

export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
}
