import { logFiltersOf, timeOf } from './log-query.js';

const NOW = Date.parse('2025-06-02T12:00:00Z');

it('an address without filters asks for everything', () => {
  expect(logFiltersOf({ delivery: 'some-id' }, NOW)).toEqual({});
});

it('a span ends now, whatever times stand beside it', () => {
  expect(logFiltersOf({ time: 'day', since: '2020-01-01T00:00:00Z' }, NOW)).toEqual({
    since: '2025-06-01T12:00:00.000Z',
  });
});

it('times in the address are the times that are asked for', () => {
  const query = { status: 'held', since: '2025-06-01T00:00:00Z' };
  expect(timeOf(query)).toBe('custom');
  expect(logFiltersOf(query, NOW)).toEqual({ status: 'held', since: query.since, until: undefined });
});

it('a span that does not exist asks for any time', () => {
  expect([timeOf({ time: 'toString' }), timeOf({ time: 'decade' })]).toEqual(['any', 'any']);
});
