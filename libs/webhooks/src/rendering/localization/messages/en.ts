/** English, the language every other one falls back to: it says which messages there are. */
export const en = {
  'flight.status.scheduled': 'Scheduled',
  'flight.status.on_time': 'On time',
  'flight.status.boarding': 'Boarding',
  'flight.status.departed': 'Departed',
  'flight.status.delayed': 'Delayed by {duration}',
  'flight.status.delayed_unknown': 'Delayed',
  'flight.status.cancelled': 'Cancelled',
  'flight.status.diverted': 'Diverted',
  'flight.status.landed': 'Landed',

  'booking.status.on_hold': 'On hold',
  'booking.status.confirmed': 'Confirmed',
  'booking.status.cancelled': 'Cancelled',
  'booking.status.expired': 'Expired',
  'booking.status.redeemed': 'Redeemed',
  'booking.status.pending': 'Pending',

  'payment.status.paid': 'Paid',
  'payment.status.refunded': 'Refunded',

  'duration.minutes': '{minutes, plural, one {# minute} other {# minutes}}',
  'duration.hours_minutes':
    '{hours, plural, one {# hour} other {# hours}}{minutes, plural, =0 {} one { # minute} other { # minutes}}',

  'eventType.canonical.booking_created.label': 'Booking created',
  'eventType.canonical.booking_created.description': 'A booking was made, confirmed or not.',
  'eventType.canonical.booking_confirmed.label': 'Booking confirmed',
  'eventType.canonical.booking_confirmed.description': 'A booking that was on hold is now confirmed.',
  'eventType.canonical.booking_updated.label': 'Booking updated',
  'eventType.canonical.booking_updated.description': 'Something about an existing booking changed.',
  'eventType.canonical.booking_cancelled.label': 'Booking cancelled',
  'eventType.canonical.booking_cancelled.description':
    'A booking was cancelled by the guest, the partner or the supplier.',
  'eventType.canonical.order_updated.label': 'Order updated',
  'eventType.canonical.order_updated.description': 'An order, with all its bookings, changed.',
  'eventType.canonical.payment_received.label': 'Payment received',
  'eventType.canonical.payment_received.description': 'Money for a booking came in.',
  'eventType.canonical.payment_refunded.label': 'Payment refunded',
  'eventType.canonical.payment_refunded.description': 'Money for a booking went back.',
  'eventType.canonical.availability_updated.label': 'Availability updated',
  'eventType.canonical.availability_updated.description':
    'The vacancies or the calendar of a product changed.',
  'eventType.canonical.product_added.label': 'Product added',
  'eventType.canonical.product_added.description': 'A new product became available under the contract.',
  'eventType.canonical.product_updated.label': 'Product updated',
  'eventType.canonical.product_updated.description': 'An existing product changed.',
  'eventType.canonical.product_removed.label': 'Product removed',
  'eventType.canonical.product_removed.description': 'A product is no longer available under the contract.',
  'eventType.canonical.rate_updated.label': 'Rate updated',
  'eventType.canonical.rate_updated.description': 'A rate or a discount changed.',
  'eventType.canonical.flight_status_changed.label': 'Flight delay status change',
  'eventType.canonical.flight_status_changed.description':
    'The status of a booked flight changed, for example to delayed.',
  'eventType.canonical.webhook_failing.label': 'Webhook failing',
  'eventType.canonical.webhook_failing.description':
    'Several requests in a row to another webhook of the contract failed, and it is paused.',
  'eventType.canonical.webhook_disabled.label': 'Webhook disabled',
  'eventType.canonical.webhook_disabled.description':
    'Another webhook of the contract was switched off because its receiver is gone or kept failing.',
  'eventType.canonical.webhook_resumed.label': 'Webhook resumed',
  'eventType.canonical.webhook_resumed.description':
    'Another webhook of the contract, which was failing or disabled, is delivered to again.',

  'eventType.octo.booking_update.label': 'Booking update',
  'eventType.octo.booking_update.description': 'An existing booking was confirmed, updated or cancelled.',
  'eventType.octo.availability_update.label': 'Availability update',
  'eventType.octo.availability_update.description': 'The availability of a product changed.',
  'eventType.octo.order_update.label': 'Order update',
  'eventType.octo.order_update.description': 'An order changed; it is sent with all its bookings.',
  'eventType.octo.product_update.label': 'Product update',
  'eventType.octo.product_update.description': 'A product was added, changed or removed.',

  'eventType.octo_notification.booking_update.label': 'Booking notification',
  'eventType.octo_notification.booking_update.description':
    'Names the booking that changed, without its content.',
  'eventType.octo_notification.availability_update.label': 'Availability notification',
  'eventType.octo_notification.availability_update.description':
    'Names the product and the dates whose availability changed, without the availability itself.',
  'eventType.octo_notification.product_update.label': 'Product notification',
  'eventType.octo_notification.product_update.description':
    'Names the product that changed, without its content.',

  'eventType.checkfront.booking_modified.label': 'Booking Modified',
  'eventType.checkfront.booking_modified.description': 'A booking was created or modified.',
  'eventType.checkfront.booking_status_change.label': 'Booking Status Change',
  'eventType.checkfront.booking_status_change.description':
    'The status of a booking changed, for example to paid or cancelled.',
  'eventType.checkfront.new_payment_refund.label': 'New Payment/Refund',
  'eventType.checkfront.new_payment_refund.description': 'A payment came in or was refunded.',
  'eventType.checkfront.item_update.label': 'Item Update',
  'eventType.checkfront.item_update.description': 'An item was added, changed or removed.',
  'eventType.checkfront.item_event_discount_edit.label': 'Item Event/Discount Edit',
  'eventType.checkfront.item_event_discount_edit.description':
    'A seasonal rate, an event or a discount of an item was edited.',
  'eventType.checkfront.item_calendar_edit.label': 'Item Calendar Edit',
  'eventType.checkfront.item_calendar_edit.description':
    'The calendar of an item changed, and with it what can be booked.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'New flight reservation',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'A flight reservation was captured by the extension.',
  'eventType.capdata.flight_reservation_updated.label': 'Flight reservation updated',
  'eventType.capdata.flight_reservation_updated.description': 'An existing flight reservation changed.',

  'eventType.delay_care.flight_delay_status_change.label': 'Flight Delay Status Change',
  'eventType.delay_care.flight_delay_status_change.description':
    'The status of a flight changed, for example from scheduled to delayed.',
  'eventType.delay_care.product_added.label': 'Product Added',
  'eventType.delay_care.product_added.description': 'A new product became available under the contract.',
  'eventType.delay_care.product_updated.label': 'Product Updated',
  'eventType.delay_care.product_updated.description': 'An existing product under the contract changed.',
  'eventType.delay_care.product_removed.label': 'Product Removed',
  'eventType.delay_care.product_removed.description': 'A product is no longer available under the contract.',
} as const satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
