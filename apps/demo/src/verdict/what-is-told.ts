import type { CommittedChange, Subscription } from './changes.js';

/** What a body says about itself. */
export interface Told {
  /** What happened, in the words of the body's profile. */
  event: string;
  /** Id of what it is about, as far as the profile names it. */
  subject: string;
}

const CAPDATA_CREATED = 'new_flight_reservation_from_extension';
const CAPDATA_UPDATED = 'flight_reservation_updated';

/** Checkfront's own statuses; without a payment, a confirmed booking is a reservation. */
const CHECKFRONT_STATUSES: Readonly<Record<string, string>> = {
  ON_HOLD: 'PEND',
  CONFIRMED: 'HOLD',
  CANCELLED: 'STOP',
};

/** What the body of a change must say in a profile: again from the systems' pages, not from the engine. */
export function mustTell(profile: string, change: CommittedChange): Told {
  const { type, subject, bookingId, status, previousStatus, flies } = change;
  const isBooking = type.startsWith('booking.');
  const booking = bookingId ?? subject;
  switch (profile) {
    case 'octo':
      return bookingId === null
        ? { event: 'product_update', subject }
        : { event: 'booking_update', subject: booking };
    case 'octo-notification':
      return bookingId === null
        ? { event: 'PRODUCT_UPDATE', subject }
        : { event: 'BOOKING_UPDATE', subject: booking };
    case 'checkfront':
      if (!isBooking)
        return { event: type === 'flight.status_changed' ? 'flight.update' : 'item.update', subject };
      if (type === 'booking.created') return { event: 'booking.create', subject };
      return { event: status === previousStatus ? 'booking.update' : 'booking.status', subject };
    case 'checkfront-3':
      if (!isBooking)
        return { event: type === 'flight.status_changed' ? 'flight.update' : 'item.update', subject };
      return { event: `booking ${CHECKFRONT_STATUSES[status ?? ''] ?? 'PEND'}`, subject };
    case 'capdata':
      if (!isBooking || !flies) return { event: type, subject };
      return { event: type === 'booking.created' ? CAPDATA_CREATED : CAPDATA_UPDATED, subject };
    case 'delay-care':
      if (type === 'flight.status_changed') return { event: 'Flight Delay Status Change', subject: booking };
      return { event: titleCase(type), subject };
    default:
      return { event: type, subject };
  }
}

/** The language that a body must be in, without its region. */
export function mustSpeak(
  { locale, useContactLanguage }: Pick<Subscription, 'locale' | 'useContactLanguage'>,
  { guestLocale }: Pick<CommittedChange, 'guestLocale'>,
): string {
  return languageOf((useContactLanguage ? guestLocale : null) ?? locale ?? 'en');
}

/** `pt` of `pt-BR`. */
export function languageOf(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}

/** `booking.created` is `Booking Created`. */
function titleCase(type: string): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
