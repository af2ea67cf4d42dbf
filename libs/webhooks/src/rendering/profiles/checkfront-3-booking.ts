import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import type { CanonicalEvent } from '../profile.js';
import { orderOf, stayOf } from './checkfront-3-order.js';
import { bookingId, customerName } from './checkfront-facts.js';
import { checkfrontStatus } from './checkfront-status.js';
import { unixSeconds } from './checkfront-times.js';
import { idOf, textOf } from './host-data.js';

/** The `booking` of Checkfront's own sample ("Sample Booking Notification"), before its scalars are texts. */
export function checkfrontBooking({ type, data, originator }: CanonicalEvent): Value {
  const booking = fieldsOf(fieldsOf(data).booking);
  const customer = customerOf(fieldsOf(booking.contact));
  return {
    '@attributes': { booking_id: bookingId(booking) },
    status: checkfrontStatus(booking),
    code: textOf(booking.supplierReference, bookingId(booking)),
    tid: textOf(booking.tid),
    created_date: unixSeconds(booking.utcCreatedAt),
    staff_id: type === 'booking.created' ? idOf(fieldsOf(originator).id) : null,
    source_ip: textOf(booking.sourceIp),
    ...stayOf(booking),
    customer,
    fields: askedFields(customer, booking),
    meta: { note: textOf(booking.notes), mobile_device: null },
    order: orderOf(booking),
  };
}

function customerOf(contact: EventData): Record<string, Value> {
  return {
    code: idOf(contact.id),
    name: customerName(contact),
    email: textOf(contact.emailAddress),
    region: textOf(contact.region, contact.state),
    address: textOf(contact.address),
    city: textOf(contact.city),
    country: textOf(contact.country),
    phone: textOf(contact.phoneNumber),
    postal_zip: textOf(contact.postalCode),
  };
}

/** The booking form: what it asked of the customer, and the host's own fields. */
function askedFields({ code: _code, ...customer }: Record<string, Value>, booking: EventData): Value {
  const asked = Object.entries(customer)
    .filter(([, answer]) => answer !== null)
    .map(([key, answer]) => [`customer_${key}`, answer] as const);
  return { ...Object.fromEntries(asked), ...(fieldsOf(booking.fields) as Record<string, Value>) };
}
