import { compactDate, unixSeconds } from './checkfront-times.js';

describe('unixSeconds', () => {
  it.each([
    ['2014-03-07T01:43:38Z', '1394156618'],
    ['2014-03-07T01:43:38.900Z', '1394156618'],
    ['2014-03-07T02:43:38+01:00', '1394156618'],
    ['2014-03-07T01:43:38', '1394156618'],
    ['2014-03-07', '1394150400'],
    ['booking 1', null],
    ['2014-13-45', null],
    [1394156618, null],
    [null, null],
  ])('of %p is %p', (time, seconds) => {
    expect(unixSeconds(time)).toBe(seconds);
  });

  it('takes the first candidate that is a time', () => {
    expect(unixSeconds('DEFAULT', undefined, '2014-03-07', '2015-01-01')).toBe('1394150400');
  });
});

it('a compact date is the first ten characters of a time without their hyphens', () => {
  expect(compactDate('x', '2016-12-21T10:00:00Z')).toBe('20161221');
  expect(compactDate('21/12/2016')).toBeNull();
});
