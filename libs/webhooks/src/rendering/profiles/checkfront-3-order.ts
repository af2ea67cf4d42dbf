import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { decimal, totalsOf } from './checkfront-amounts.js';
import { itemsOf } from './checkfront-facts.js';
import { checkfrontStatus } from './checkfront-status.js';
import { unixSeconds } from './checkfront-times.js';
import { idOf, recordsOf, textOf } from './host-data.js';

/** When a booking takes place: its availability, or the first departure and the last arrival of its flights. */
export function stayOf(booking: EventData): { start_date: Value; end_date: Value } {
  const availability = fieldsOf(booking.availability);
  const flights = recordsOf(booking.flights);
  const start = unixSeconds(
    availability.localDateTimeStart,
    booking.availabilityId,
    fieldsOf(flights.at(0)?.departure).scheduledAt,
  );
  return {
    start_date: start,
    end_date:
      unixSeconds(availability.localDateTimeEnd, fieldsOf(flights.at(-1)?.arrival).scheduledAt) ?? start,
  };
}

/** The `order` of a booking: amounts in decimals, the taxes included in the total as OCTO has them. */
export function orderOf(booking: EventData): Value {
  const { currency, precision, total, tax, paid } = totalsOf(booking);
  const money = (amount: number | null): string | null => decimal(amount, precision);
  return {
    '@attributes': { currency_id: currency },
    sub_total: money(total === null ? null : total - tax),
    tax_total: money(tax),
    paid_total: money(paid),
    total: money(total),
    taxes: { tax: taxesOf(booking, precision) },
    items: { item: orderItems(booking) },
  };
}

function taxesOf(booking: EventData, precision: number): Value[] {
  return recordsOf(fieldsOf(booking.pricing).includedTaxes).map((tax, index) => ({
    '@attributes': { tax_id: idOf(tax.id, index + 1) },
    name: textOf(tax.name),
    amount: decimal(tax.retail ?? tax.amount, precision),
  }));
}

function orderItems(booking: EventData): Value[] {
  const { precision, total, tax } = totalsOf(booking);
  const product = fieldsOf(booking.product);
  return itemsOf(booking).map(({ id, quantity }, index) => ({
    '@attributes': { line_id: index + 1, item_id: id },
    ...stayOf(booking),
    sku: textOf(product.reference, id),
    slip: null,
    package_id: idOf(booking.packageId),
    status: checkfrontStatus(booking),
    total: decimal(total, precision),
    tax_total: decimal(tax, precision),
    qty: quantity,
  }));
}
