import fc from 'fast-check';

import { InvalidInputError } from '../webhooks.errors.js';
import { pageOf, readCursor, writeCursor } from './keyset.js';

const position = fc.tuple(fc.maxSafeInteger(), fc.uuid());

it('a cursor is read as the position it was written from', () => {
  fc.assert(
    fc.property(position, (written) => {
      expect(readCursor('-createdAt', writeCursor('-createdAt', written), ['number', 'string'])).toEqual(
        written,
      );
    }),
  );
});

it('anything else is refused as the caller’s mistake', () => {
  const foreign = position.map((written) => writeCursor('url', written));
  const reshaped = fc
    .array(fc.jsonValue())
    .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), foreign, reshaped), (cursor) => {
      expect(() => readCursor('-createdAt', cursor, ['number', 'string'])).toThrow(InvalidInputError);
    }),
  );
});

it('the row beyond a page only tells that there is another one', () => {
  const page = (rows: number[]) => pageOf(rows, 2, 'up', (row) => [row], String);
  expect(page([1, 2, 3])).toEqual({ data: ['1', '2'], nextCursor: writeCursor('up', [2]) });
  expect(page([1, 2])).toEqual({ data: ['1', '2'], nextCursor: null });
  expect(page([])).toEqual({ data: [], nextCursor: null });
});
