import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import { recordsOf, textOf } from './host-data.js';

/** Most currencies have cents; ISO 4217 knows none with more than four decimals. */
const USUAL_PRECISION = 2;
const LARGEST_PRECISION = 8;

/** An amount in the smallest unit, as OCTO has it, in decimals: `4500` with a precision of 2 is `45.00`. */
export function decimal(amount: unknown, precision: unknown): string | null {
  if (typeof amount === 'string' && amount !== '') return amount;
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return null;
  const digits = precisionOf(precision);
  return (amount / 10 ** digits).toFixed(digits);
}

/** How many decimals an amount has, from `currencyPrecision`. */
export function precisionOf(precision: unknown): number {
  const usable =
    Number.isInteger(precision) && Number(precision) >= 0 && Number(precision) <= LARGEST_PRECISION;
  return usable ? Number(precision) : USUAL_PRECISION;
}

export interface Totals {
  currency: string | null;
  precision: number;
  /** In the smallest unit of the currency; null where the host did not say. */
  total: number | null;
  tax: number;
  paid: number;
}

/** What a booking costs and what was paid for it, in its own currency. Taxes are part of the total, as in OCTO. */
export function totalsOf(booking: EventData): Totals {
  const pricing = fieldsOf(booking.pricing);
  const currency = textOf(pricing.currency);
  const precision = precisionOf(pricing.currencyPrecision);
  const total = numberOf(pricing.retail) ?? numberOf(pricing.original);
  return {
    currency,
    precision,
    total,
    tax: sum(
      recordsOf(pricing.includedTaxes).map((tax) => numberOf(tax.retail) ?? numberOf(tax.amount) ?? 0),
    ),
    paid: sum(recordsOf(booking.payments).map((payment) => paidBy(payment, { currency, precision }))),
  };
}

/** A payment counts when it went through, a refund counts against it, another currency not at all. */
function paidBy(payment: EventData, order: { currency: string | null; precision: number }): number {
  const currency = textOf(payment.currency);
  if (currency !== null && order.currency !== null && currency !== order.currency) return 0;
  const scale = 10 ** (order.precision - precisionOf(payment.currencyPrecision ?? order.precision));
  const amount = (numberOf(payment.amount) ?? 0) * scale;
  const status = (textOf(payment.status) ?? 'PAID').toUpperCase();
  if (status.startsWith('REFUND')) return -Math.abs(amount);
  return ['PAID', 'RECEIVED', 'CAPTURED', 'SETTLED', 'SUCCEEDED'].includes(status) ? amount : 0;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
