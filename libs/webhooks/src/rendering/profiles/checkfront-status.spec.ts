import { checkfrontStatus } from './checkfront-status.js';

const pricing = { retail: 10000, currency: 'EUR', currencyPrecision: 2 };

describe("a booking's status in Checkfront's words", () => {
  it.each([
    ['ON_HOLD', 'PEND'],
    ['PENDING', 'PEND'],
    ['CANCELLED', 'STOP'],
    ['EXPIRED', 'VOID'],
    ['REJECTED', 'VOID'],
    ['WAITLISTED', 'WAIT'],
    ['PART', 'PART'],
    ['whatever', 'PEND'],
    [undefined, 'PEND'],
  ])('%s is %s', (status, word) => {
    expect(checkfrontStatus({ status, pricing })).toBe(word);
  });

  it.each([
    [[], 'HOLD'],
    [[{ amount: 1 }], 'PART'],
    [[{ amount: 4000 }, { amount: 6000 }], 'PAID'],
    [[{ amount: 10000 }, { amount: 10000, status: 'REFUNDED' }], 'HOLD'],
  ])('confirmed with the payments %j it is %s', (payments, word) => {
    expect(checkfrontStatus({ status: 'CONFIRMED', pricing, payments })).toBe(word);
    expect(checkfrontStatus({ status: 'REDEEMED', pricing, payments })).toBe(word);
  });

  it('confirmed and free of charge it is PAID', () => {
    expect(checkfrontStatus({ status: 'CONFIRMED', pricing: { retail: 0 } })).toBe('PAID');
  });

  it('confirmed without a price it is reserved', () => {
    expect(checkfrontStatus({ status: 'CONFIRMED' })).toBe('HOLD');
  });
});
