import type { EventData } from '../../catalog/domain-events.js';
import { isOperational } from '../../catalog/operational-events.js';
import { fieldsOf, isFields, text } from '../capabilities/host-fields.js';
import type { Fields } from '../capabilities/host-fields.js';
import { bookingUuid } from '../capabilities/normalise-booking.js';
import type { Document, Value } from '../document.js';
import type { CanonicalEvent, Profile, RenderContext } from '../profile.js';
import { availabilityProduct } from './octo-availability.js';

/**
 * The thin bodies of OCTO's notifications capability: which resource changed, for the partner to fetch. A payment, an
 * order or a delay is an update of its booking, a rate one of its product. News of a webhook is told whole, there is nothing
 * to fetch. What the host did not say is null.
 */
export class OctoNotificationProfile implements Profile {
  readonly name = 'octo-notification';
  readonly formats = ['json', 'xml', 'form'] as const;
  readonly personal = true;

  render(event: CanonicalEvent, context: RenderContext): Document {
    const { notificationType, data } = changeOf(event);
    const utcCreatedAt = new Date(event.occurredAt).toISOString();
    const { id: subscriptionId } = context.subscription;
    return {
      root: 'notification',
      value: { id: event.id, subscriptionId, notificationType, utcCreatedAt, data },
    };
  }
}

function changeOf({ type, data }: CanonicalEvent): { notificationType: string; data: Fields } {
  if (isOperational(type)) return { notificationType: notificationName(type), data: fieldsOf(data.webhook) };
  switch (type.split('.')[0]!) {
    case 'availability':
      return { notificationType: 'AVAILABILITY_UPDATE', data: changedDates(data) };
    case 'product':
    case 'rate':
      return { notificationType: 'PRODUCT_UPDATE', data: { productId: changedProduct(data) } };
    default:
      return { notificationType: 'BOOKING_UPDATE', data: { uuid: changedBooking(data) } };
  }
}

/** The name of a type that OCTO has none for, spelled as OCTO spells: `WEBHOOK_DISABLED`. */
function notificationName(type: string): string {
  return type.toUpperCase().replaceAll('.', '_');
}

function changedDates(data: EventData): Fields {
  const given = fieldsOf(data);
  const it = fieldsOf(data.availability);
  const start = dateOf(given.localDateStart, it.localDateStart, it.localDateTimeStart, it.localDate, it.id);
  return {
    productId: availabilityProduct(data),
    localDateStart: start,
    localDateEnd: dateOf(given.localDateEnd, it.localDateEnd, it.localDateTimeEnd) ?? start,
  };
}

function changedProduct(data: EventData): string | null {
  return text(fieldsOf(data.product).id, fieldsOf(data.rate).productId, fieldsOf(data).productId) ?? null;
}

function changedBooking(data: EventData): string | null {
  const { bookings } = fieldsOf(data.order);
  const booking = [data.booking, ...(Array.isArray(bookings) ? bookings : [])].find(isFields);
  if (booking !== undefined) return bookingUuid(booking);
  const bookingId = text(fieldsOf(data.payment).bookingId, fieldsOf(data.flight).bookingId);
  return bookingId === undefined ? null : bookingUuid({ id: bookingId });
}

/** The date that the first of these texts that has one begins with. */
function dateOf(...candidates: (Value | undefined)[]): string | null {
  for (const candidate of candidates) {
    const date = typeof candidate === 'string' ? /^\d{4}-\d\d-\d\d/.exec(candidate)?.[0] : undefined;
    if (date !== undefined) return date;
  }
  return null;
}
