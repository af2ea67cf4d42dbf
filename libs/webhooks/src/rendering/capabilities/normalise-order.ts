import type { Value } from '../document.js';
import { fieldsOf, filled, flag, list, text, textOrNull, utcOrNull } from './host-fields.js';
import type { Facts, Fields } from './host-fields.js';
import { normaliseBooking, normaliseContact } from './normalise-booking.js';
import { normalisePricing } from './normalise-pricing.js';

/** An order as octo/cart has it, with what the host left out. */
export function normaliseOrder(value: Value | undefined, facts: Facts): Fields {
  const it = fieldsOf(value);
  return filled(it, {
    id: text(it.id) ?? '',
    testMode: flag(it.testMode) ?? false,
    supplierReference: textOrNull(it.supplierReference),
    status: text(it.status)?.toUpperCase() ?? 'PENDING',
    utcExpiresAt: utcOrNull(it.utcExpiresAt),
    utcConfirmedAt: utcOrNull(it.utcConfirmedAt),
    cancellable: flag(it.cancellable) ?? false,
    confirmable: flag(it.confirmable) ?? false,
    contact: normaliseContact(it.contact),
    bookings: list(it.bookings, (booking) => normaliseBooking(booking, facts)) ?? [],
    pricing: normalisePricing(it.pricing),
  });
}
