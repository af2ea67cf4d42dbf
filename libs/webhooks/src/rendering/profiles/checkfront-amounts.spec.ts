import { decimal, totalsOf } from './checkfront-amounts.js';

describe('decimal', () => {
  it.each([
    [4500, 2, '45.00'],
    [4500, 0, '4500'],
    [4500, 3, '4.500'],
    [5, undefined, '0.05'],
    [-1, 2, '-0.01'],
    [100, 1e9, '1.00'],
    [100, -1, '1.00'],
    ['27.00', 2, '27.00'],
    [null, 2, null],
    [NaN, 2, null],
    [{}, 2, null],
  ])('%p with a precision of %p is %p', (amount, precision, text) => {
    expect(decimal(amount, precision)).toBe(text);
  });
});

describe('what was paid for a booking', () => {
  const pricing = { retail: 10000, currency: 'EUR', currencyPrecision: 2 };
  const paid = (...payments: object[]): number => totalsOf({ pricing, payments }).paid;

  it('is the sum of what went through, less what was refunded', () => {
    expect(
      paid({ amount: 6000, status: 'PAID' }, { amount: 3000 }, { amount: 1000, status: 'REFUNDED' }),
    ).toBe(8000);
  });

  it('leaves out what did not go through and what is in another currency', () => {
    expect(paid({ amount: 6000, status: 'FAILED' }, { amount: 3000, currency: 'USD' })).toBe(0);
  });

  it('takes a payment in its own precision', () => {
    expect(paid({ amount: 60, currencyPrecision: 0 })).toBe(6000);
  });
});
