import { fieldsOf } from '../../catalog/fields-of.js';
import type { Document, Format, Value } from '../document.js';
import type { CanonicalEvent, Profile } from '../profile.js';
import { decimal } from './checkfront-amounts.js';
import { checkfrontEvent } from './checkfront-event.js';
import {
  bookingId,
  customerName,
  isEnabled,
  itemsOf,
  productName,
  rateItems,
  transactionStatus,
} from './checkfront-facts.js';
import type { CheckfrontNouns } from './checkfront-subject.js';
import { checkfrontSubject } from './checkfront-subject.js';
import { idOf, textOf } from './host-data.js';

/**
 * Checkfront's webhook as its page shows it ("Webhook Data Formats"): the event's word, then what it is about. The page has
 * a booking only; the others follow it in shape.
 */
export class CheckfrontProfile implements Profile {
  readonly name = 'checkfront';
  readonly formats: readonly Format[] = ['json', 'xml', 'form'];
  readonly personal = false;
  /** "retries it up to 5 times before disabling the webhook"; the vendor counts failures in a row. */
  readonly disableAfterFailures = 5;

  render(event: CanonicalEvent): Document {
    const word = checkfrontEvent(event);
    return { root: 'checkfront-notify', value: { event: word, ...checkfrontSubject(word, event, NOUNS) } };
  }
}

const NOUNS: CheckfrontNouns = { booking, transaction, item, rate, calendar };

function booking({ data }: CanonicalEvent): Value {
  const given = fieldsOf(fieldsOf(data).booking);
  const contact = fieldsOf(given.contact);
  return {
    id: bookingId(given),
    status: textOf(given.status),
    customer: { name: customerName(contact), email: textOf(contact.emailAddress) },
    items: itemsOf(given).map(({ id, name, quantity }) => ({ id, name, quantity })),
  };
}

function transaction({ type, data }: CanonicalEvent): Value {
  const payment = fieldsOf(fieldsOf(data).payment);
  return {
    id: idOf(payment.id),
    status: transactionStatus(type),
    amount: decimal(payment.amount, payment.currencyPrecision),
    currency: textOf(payment.currency),
    booking_id: idOf(payment.bookingId, bookingId(fieldsOf(fieldsOf(data).booking))),
  };
}

function item({ type, data }: CanonicalEvent): Value {
  const product = fieldsOf(fieldsOf(data).product);
  return {
    id: idOf(product.id),
    name: productName(product),
    status: type === 'product.removed' ? 'REMOVED' : 'ACTIVE',
  };
}

function rate({ data }: CanonicalEvent): Value {
  const given = fieldsOf(fieldsOf(data).rate);
  return {
    id: idOf(given.id),
    name: textOf(given.title, given.name),
    start_date: textOf(given.startDate),
    end_date: textOf(given.endDate),
    enabled: isEnabled(given),
    items: rateItems(given),
  };
}

function calendar({ data }: CanonicalEvent): Value {
  const { availability, productId, optionId } = fieldsOf(data);
  const given = fieldsOf(availability);
  return {
    item_id: idOf(productId, given.productId),
    option_id: idOf(optionId, given.optionId),
    start_date: textOf(given.localDateTimeStart, given.id),
    end_date: textOf(given.localDateTimeEnd),
    status: textOf(given.status),
    available: idOf(given.vacancies),
  };
}
