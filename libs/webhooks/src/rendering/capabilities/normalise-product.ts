import type { Value } from '../document.js';
import { fieldsOf, filled, flag, list, oneOf, text, textOrNull, texts, whole } from './host-fields.js';
import type { Facts, Fields } from './host-fields.js';
import { contentFields, features } from './normalise-content.js';
import { normalisePrices } from './normalise-pricing.js';

const AVAILABILITY_TYPES = ['START_TIME', 'OPENING_HOURS'] as const;
export const DELIVERY_FORMATS = ['PDF_URL', 'QRCODE', 'CODE128', 'PKPASS_URL', 'AZTECCODE'] as const;
export const DELIVERY_METHODS = ['VOUCHER', 'TICKET'] as const;
export const REDEMPTION_METHODS = ['DIGITAL', 'PRINT', 'MANIFEST'] as const;
const DURATION_UNITS = ['minute', 'hour', 'day'] as const;
const UNIT_TYPES = [
  'ADULT',
  'YOUTH',
  'CHILD',
  'INFANT',
  'FAMILY',
  'SENIOR',
  'STUDENT',
  'MILITARY',
  'OTHER',
] as const;
const CONTACT_FIELDS = [
  'firstName',
  'lastName',
  'emailAddress',
  'phoneNumber',
  'country',
  'notes',
  'locales',
  'allowMarketing',
  'postalCode',
];
/** The id of the option of a product that has only one. */
export const DEFAULT_OPTION = 'DEFAULT';

/** OCTO's Product, with what the host left out. */
export function normaliseProduct(value: Value | undefined, facts: Facts): Fields {
  const it = fieldsOf(value);
  return filled(it, {
    id: text(it.id) ?? '',
    internalName: text(it.internalName, it.name, it.id) ?? '',
    reference: textOrNull(it.reference),
    locale: text(it.locale) ?? facts.locale,
    timeZone: text(it.timeZone),
    allowFreesale: flag(it.allowFreesale) ?? false,
    instantConfirmation: flag(it.instantConfirmation) ?? true,
    instantDelivery: flag(it.instantDelivery) ?? true,
    availabilityRequired: flag(it.availabilityRequired) ?? true,
    availabilityType: oneOf(AVAILABILITY_TYPES, it.availabilityType) ?? 'START_TIME',
    deliveryFormats: texts(it.deliveryFormats, DELIVERY_FORMATS),
    deliveryMethods: texts(it.deliveryMethods, DELIVERY_METHODS),
    redemptionMethod: oneOf(REDEMPTION_METHODS, it.redemptionMethod) ?? 'DIGITAL',
    options: list(it.options, normaliseOption) ?? [],
    defaultCurrency: text(it.defaultCurrency),
    availableCurrencies: Array.isArray(it.availableCurrencies) ? texts(it.availableCurrencies) : undefined,
    pricingPer: oneOf(['BOOKING', 'UNIT'], it.pricingPer),
    ...contentFields(it),
  });
}

/** OCTO's Option, with what the host left out. */
export function normaliseOption(it: Fields): Fields {
  const amount = whole(it.cancellationCutoffAmount) ?? 0;
  const unit = oneOf(DURATION_UNITS, it.cancellationCutoffUnit) ?? 'hour';
  const startTimes = texts(it.availabilityLocalStartTimes);
  const restrictions = fieldsOf(it.restrictions);
  return filled(it, {
    id: text(it.id) ?? DEFAULT_OPTION,
    default: flag(it.default) ?? false,
    internalName: text(it.internalName, it.name, it.id) ?? DEFAULT_OPTION,
    reference: textOrNull(it.reference),
    availabilityLocalStartTimes: startTimes.length > 0 ? startTimes : ['00:00'],
    cancellationCutoff: text(it.cancellationCutoff) ?? `${amount} ${unit}${amount === 1 ? '' : 's'}`,
    cancellationCutoffAmount: amount,
    cancellationCutoffUnit: unit,
    requiredContactFields: texts(it.requiredContactFields, CONTACT_FIELDS),
    restrictions: filled(restrictions, {
      minUnits: whole(restrictions.minUnits) ?? null,
      maxUnits: whole(restrictions.maxUnits) ?? null,
    }),
    units: list(it.units, normaliseUnit) ?? [],
    pricingFrom: normalisePrices(it.pricingFrom),
    pricing: normalisePrices(it.pricing),
    ...contentFields(it),
  });
}

/** OCTO's Unit, with what the host left out. */
export function normaliseUnit(it: Fields): Fields {
  return filled(it, {
    id: text(it.id) ?? '',
    internalName: text(it.internalName, it.name, it.id) ?? '',
    reference: textOrNull(it.reference),
    type: oneOf(UNIT_TYPES, it.type) ?? oneOf(UNIT_TYPES, it.id) ?? 'OTHER',
    restrictions: unitRestrictions(fieldsOf(it.restrictions)),
    requiredContactFields: texts(it.requiredContactFields, CONTACT_FIELDS),
    pricingFrom: normalisePrices(it.pricingFrom),
    pricing: normalisePrices(it.pricing),
    title: text(it.title),
    shortDescription: text(it.shortDescription),
    features: features(it.features),
  });
}

function unitRestrictions(it: Fields): Fields {
  return filled(it, {
    minAge: whole(it.minAge) ?? 0,
    maxAge: whole(it.maxAge) ?? 120,
    idRequired: flag(it.idRequired) ?? false,
    minQuantity: whole(it.minQuantity) ?? null,
    maxQuantity: whole(it.maxQuantity) ?? null,
    paxCount: whole(it.paxCount) ?? 1,
    accompaniedBy: texts(it.accompaniedBy),
    minHeight: whole(it.minHeight),
    maxHeight: whole(it.maxHeight),
    heightUnit: text(it.heightUnit),
    minWeight: whole(it.minWeight),
    maxWeight: whole(it.maxWeight),
    weightUnit: text(it.weightUnit),
  });
}
