import { fieldsOf } from '../../catalog/fields-of.js';
import type { Document, Format, Value } from '../document.js';
import type { CanonicalEvent, Profile } from '../profile.js';
import { checkfrontBooking } from './checkfront-3-booking.js';
import { decimal } from './checkfront-amounts.js';
import { checkfrontEvent } from './checkfront-event.js';
import { bookingId, isEnabled, productName, rateItems, transactionStatus } from './checkfront-facts.js';
import { compactDate, unixSeconds } from './checkfront-times.js';
import { collapsed, stringed } from './checkfront-xml-shape.js';
import type { CheckfrontNouns } from './checkfront-subject.js';
import { checkfrontSubject } from './checkfront-subject.js';
import { idOf, textOf } from './host-data.js';

const VERSION = '3.0';
const ROOT = 'checkfront-notify';

/**
 * Checkfront's webhook as its samples show it ("Sample Booking Notification" and the others of version 3): made from XML,
 * so that every scalar is a text, what is empty is `{}` and a list of one is its only entry.
 *
 * `host` is the account context's `host`, else its `ownerSlug`, else the contract's id. The calendar, the order and the
 * flight are ours: Checkfront has no sample of the first and no events for the others.
 */
export class Checkfront3Profile implements Profile {
  readonly name = 'checkfront-3';
  readonly formats: readonly Format[] = ['json', 'xml', 'form'];
  readonly personal = false;
  /** "retries it up to 5 times before disabling the webhook"; the vendor counts failures in a row. */
  readonly disableAfterFailures = 5;

  render(event: CanonicalEvent): Document {
    const word = checkfrontEvent(event);
    const host = hostOf(event);
    const about = checkfrontSubject(word, event, NOUNS);
    if ('booking' in about) {
      return { root: ROOT, value: fromXml({ '@attributes': { version: VERSION, host }, ...about }) };
    }
    const [type = '', ...action] = word.split('.');
    return {
      root: ROOT,
      rootAttributes: ['version', 'host'],
      value: fromXml({ version: VERSION, host, type, action: action.join('.'), ...about }),
    };
  }
}

function fromXml(value: Record<string, Value>): Record<string, Value> {
  return stringed(collapsed(value)) as Record<string, Value>;
}

function hostOf({ accountContext, contractId }: CanonicalEvent): string {
  const { host, ownerSlug, owner_slug } = fieldsOf(accountContext);
  return textOf(host, ownerSlug, owner_slug, contractId) ?? '';
}

const NOUNS: CheckfrontNouns = { booking: checkfrontBooking, transaction, item, rate, calendar };

function transaction({ type, data, occurredAt }: CanonicalEvent): Value {
  const payment = fieldsOf(fieldsOf(data).payment);
  return {
    transaction_id: idOf(payment.id),
    date: unixSeconds(payment.utcCreatedAt, new Date(occurredAt).toISOString()),
    status: transactionStatus(type),
    amount: decimal(payment.amount, payment.currencyPrecision),
    gateway_id: idOf(payment.gateway, payment.provider),
    payment_type: textOf(payment.method, payment.type),
    booking_id: idOf(payment.bookingId, bookingId(fieldsOf(fieldsOf(data).booking))),
  };
}

/** The status is `A` for active, and [ours] `D` for an item that was removed; the type `I` is an item, not a package. */
function item({ type, data }: CanonicalEvent): Value {
  const product = fieldsOf(fieldsOf(data).product);
  return {
    item_id: idOf(product.id),
    sku: textOf(product.reference, product.id),
    name: productName(product),
    url: textOf(product.url),
    summary: textOf(product.shortDescription),
    details: textOf(product.description),
    category_id: idOf(product.categoryId),
    stock: idOf(product.stock),
    unlimited: product.allowFreesale === true,
    status: type === 'product.removed' ? 'D' : 'A',
    type: 'I',
  };
}

/** The dates of a rate are `yyyymmdd`, and `0` where it is open; the type `SP` is a special. */
function rate({ data }: CanonicalEvent): Value {
  const given = fieldsOf(fieldsOf(data).rate);
  const enabled = isEnabled(given);
  return {
    rate_id: idOf(given.id),
    name: textOf(given.title, given.name),
    start_date: compactDate(given.startDate) ?? 0,
    end_date: compactDate(given.endDate) ?? 0,
    status: enabled ? 'A' : 'D',
    type: textOf(given.type) ?? 'SP',
    enabled,
    apply_to: { items: rateItems(given) },
  };
}

function calendar({ data }: CanonicalEvent): Value {
  const { availability, productId, optionId } = fieldsOf(data);
  const given = fieldsOf(availability);
  return {
    item_id: idOf(productId, given.productId),
    option_id: idOf(optionId, given.optionId),
    start_date: unixSeconds(given.localDateTimeStart, given.id),
    end_date: unixSeconds(given.localDateTimeEnd),
    status: textOf(given.status),
    available: idOf(given.vacancies),
  };
}
