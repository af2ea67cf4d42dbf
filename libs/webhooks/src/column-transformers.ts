import type { ValueTransformer } from 'typeorm';

/** Epoch milliseconds in a `bigint` column: PostgreSQL and MySQL return bigint as a string, SQLite as a number. */
export const epochMs: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** A JSON value in a `text` column, for short lists that are read and written as a whole. */
export const jsonText: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};
