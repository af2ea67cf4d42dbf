import { v5 as uuidv5 } from 'uuid';

import type { Value } from '../document.js';
import {
  fieldsOf,
  filled,
  flag,
  isFields,
  list,
  oneOf,
  text,
  textOrNull,
  texts,
  utc,
  utcOrNull,
} from './host-fields.js';
import type { Facts, Fields } from './host-fields.js';
import { normaliseAvailability } from './normalise-availability.js';
import { normalisePricing } from './normalise-pricing.js';
import {
  DEFAULT_OPTION,
  DELIVERY_FORMATS,
  DELIVERY_METHODS,
  REDEMPTION_METHODS,
  normaliseOption,
  normaliseProduct,
  normaliseUnit,
} from './normalise-product.js';

const STATUSES = ['ON_HOLD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REDEEMED', 'PENDING', 'REJECTED'] as const;
const REFUNDS = ['FULL', 'PARTIAL', 'NONE'] as const;
/** Made once for this purpose. */
const UUID_NAMESPACE = '2a3c1e52-6c1b-4d5e-9f0a-6b1d0c7e4f11';

/** The UUID that a booking has for OCTO partners: the host's, else one made from its id, always the same one. */
export function bookingUuid(booking: { id?: Value; uuid?: Value }): string {
  return text(booking.uuid) ?? uuidFrom(`booking:${text(booking.id) ?? ''}`);
}

/** OCTO's Booking, with what the host left out. */
export function normaliseBooking(value: Value | undefined, facts: Facts): Fields {
  const it = fieldsOf(value);
  const uuid = bookingUuid(it);
  const status = bookingStatus(it);
  const availability = isFields(it.availability) ? normaliseAvailability(it.availability, facts) : null;
  return filled(it, {
    id: text(it.id) ?? uuid,
    uuid,
    testMode: flag(it.testMode) ?? false,
    resellerReference: textOrNull(it.resellerReference),
    supplierReference: textOrNull(it.supplierReference),
    status,
    utcCreatedAt: utc(it.utcCreatedAt) ?? facts.at,
    utcUpdatedAt: utc(it.utcUpdatedAt) ?? facts.at,
    utcExpiresAt: utcOrNull(it.utcExpiresAt),
    utcRedeemedAt: utcOrNull(it.utcRedeemedAt),
    utcConfirmedAt: utcOrNull(it.utcConfirmedAt),
    productId: text(it.productId, fieldsOf(it.product).id) ?? '',
    product: isFields(it.product) ? normaliseProduct(it.product, facts) : undefined,
    optionId: text(it.optionId, fieldsOf(it.option).id) ?? DEFAULT_OPTION,
    option: isFields(it.option) ? normaliseOption(it.option) : undefined,
    cancellable: flag(it.cancellable) ?? false,
    cancellation: isFields(it.cancellation) ? cancellation(it.cancellation, facts) : null,
    freesale: flag(it.freesale) ?? false,
    availabilityId: text(it.availabilityId, availability?.id) ?? null,
    availability,
    contact: normaliseContact(it.contact),
    notes: textOrNull(it.notes),
    deliveryMethods: texts(it.deliveryMethods, DELIVERY_METHODS),
    voucher: isFields(it.voucher) ? ticket(it.voucher) : null,
    unitItems: list(it.unitItems, (item, index) => unitItem(item, `${uuid}:${index}`, status)) ?? [],
    pricing: normalisePricing(it.pricing),
  });
}

/** OCTO's Contact, with what the host left out. */
export function normaliseContact(value: Value | undefined): Fields {
  const it = fieldsOf(value);
  const names = [text(it.firstName), text(it.lastName)].filter((name) => name !== undefined);
  const emailAddress = text(it.emailAddress);
  return filled(it, {
    fullName: text(it.fullName) ?? text(names.join(' ')) ?? null,
    firstName: textOrNull(it.firstName),
    lastName: textOrNull(it.lastName),
    emailAddress: emailAddress !== undefined && /^\S+@\S+\.\S+$/.test(emailAddress) ? emailAddress : null,
    phoneNumber: textOrNull(it.phoneNumber),
    locales: texts(it.locales),
    postalCode: textOrNull(it.postalCode),
    country: textOrNull(it.country),
    notes: textOrNull(it.notes),
  });
}

/** A status that OCTO knows. For a word that it does not know, or none, what else the booking says about itself. */
function bookingStatus(it: Fields): (typeof STATUSES)[number] {
  const known = oneOf(STATUSES, it.status);
  if (known !== undefined) return known;
  if (isFields(it.cancellation)) return 'CANCELLED';
  if (utc(it.utcRedeemedAt) !== undefined) return 'REDEEMED';
  if (utc(it.utcConfirmedAt) !== undefined) return 'CONFIRMED';
  return 'PENDING';
}

function cancellation(it: Fields, facts: Facts): Fields {
  return filled(it, {
    refund: oneOf(REFUNDS, it.refund) ?? 'NONE',
    reason: textOrNull(it.reason),
    utcCancelledAt: utc(it.utcCancelledAt) ?? facts.at,
  });
}

function unitItem(it: Fields, place: string, status: string): Fields {
  return filled(it, {
    uuid: text(it.uuid) ?? uuidFrom(`unit-item:${place}`),
    resellerReference: textOrNull(it.resellerReference),
    supplierReference: textOrNull(it.supplierReference),
    unitId: text(it.unitId, fieldsOf(it.unit).id) ?? '',
    unit: isFields(it.unit) ? normaliseUnit(it.unit) : undefined,
    status: oneOf(STATUSES, it.status) ?? status,
    utcRedeemedAt: utcOrNull(it.utcRedeemedAt),
    contact: normaliseContact(it.contact),
    ticket: isFields(it.ticket) ? ticket(it.ticket) : null,
    pricing: normalisePricing(it.pricing),
  });
}

function ticket(it: Fields): Fields {
  return filled(it, {
    redemptionMethod: oneOf(REDEMPTION_METHODS, it.redemptionMethod) ?? 'DIGITAL',
    utcRedeemedAt: utcOrNull(it.utcRedeemedAt),
    deliveryOptions: list(it.deliveryOptions, deliveryOption) ?? [],
  });
}

function deliveryOption(it: Fields): Fields | undefined {
  const deliveryFormat = oneOf(DELIVERY_FORMATS, it.deliveryFormat);
  const deliveryValue = text(it.deliveryValue);
  return deliveryFormat && deliveryValue ? filled(it, { deliveryFormat, deliveryValue }) : undefined;
}

function uuidFrom(name: string): string {
  return uuidv5(name, UUID_NAMESPACE);
}
