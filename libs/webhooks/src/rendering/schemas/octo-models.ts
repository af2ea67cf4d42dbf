import {
  each,
  FLAG,
  INSTANT,
  list,
  object,
  oneOfWords,
  orNull,
  TEXT,
  TEXT_OR_NULL,
  UUID,
  WHOLE,
} from './json-schema.js';

/*
 * OCTO's models as bodies carry them. What a capability opens is not required: whether it is there is the webhook's choice.
 */

const INSTANT_OR_NULL = orNull(INSTANT);
const WHOLE_OR_NULL = { type: ['integer', 'null'] };

const STATUS = oneOfWords('ON_HOLD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REDEEMED', 'PENDING', 'REJECTED');

const pricing = object({
  original: WHOLE,
  retail: WHOLE,
  net: WHOLE_OR_NULL,
  currency: TEXT,
  currencyPrecision: WHOLE,
  includedTaxes: list(object({ name: TEXT, retail: WHOLE, original: WHOLE, net: WHOLE_OR_NULL })),
});

const contact = object({
  ...each(['fullName', 'firstName', 'lastName', 'emailAddress', 'phoneNumber'], TEXT_OR_NULL),
  locales: list(TEXT),
  ...each(['postalCode', 'country', 'notes'], TEXT_OR_NULL),
});

const ticket = object({
  redemptionMethod: oneOfWords('DIGITAL', 'PRINT', 'MANIFEST'),
  utcRedeemedAt: INSTANT_OR_NULL,
  deliveryOptions: list(object({ deliveryFormat: TEXT, deliveryValue: TEXT })),
});

export const unit = object({ id: TEXT, internalName: TEXT, reference: TEXT_OR_NULL, type: TEXT });

export const option = object({
  id: TEXT,
  default: FLAG,
  internalName: TEXT,
  reference: TEXT_OR_NULL,
  availabilityLocalStartTimes: list(TEXT),
  cancellationCutoff: TEXT,
  cancellationCutoffAmount: WHOLE,
  cancellationCutoffUnit: oneOfWords('minute', 'hour', 'day'),
  requiredContactFields: list(TEXT),
  restrictions: object({ minUnits: WHOLE_OR_NULL, maxUnits: WHOLE_OR_NULL }),
  units: list(unit),
});

export const product = object({
  id: TEXT,
  internalName: TEXT,
  reference: TEXT_OR_NULL,
  locale: TEXT,
  ...each(['allowFreesale', 'instantConfirmation', 'instantDelivery', 'availabilityRequired'], FLAG),
  availabilityType: oneOfWords('START_TIME', 'OPENING_HOURS'),
  deliveryFormats: list(TEXT),
  deliveryMethods: list(TEXT),
  redemptionMethod: oneOfWords('DIGITAL', 'PRINT', 'MANIFEST'),
  options: list(option),
});

export const availability = object(
  {
    ...each(['id', 'localDateTimeStart', 'localDateTimeEnd'], TEXT),
    utcCutoffAt: INSTANT,
    allDay: FLAG,
    available: FLAG,
    status: oneOfWords('AVAILABLE', 'FREESALE', 'SOLD_OUT', 'LIMITED', 'CLOSED'),
    ...each(['vacancies', 'capacity', 'maxUnits'], WHOLE_OR_NULL),
    openingHours: list(object({ from: TEXT, to: TEXT })),
  },
  { pricing },
);

const unitItem = object(
  {
    uuid: TEXT,
    ...each(['resellerReference', 'supplierReference'], TEXT_OR_NULL),
    unitId: TEXT,
    status: STATUS,
    utcRedeemedAt: INSTANT_OR_NULL,
    contact,
    ticket: orNull(ticket),
  },
  { unit, pricing },
);

export const booking = object(
  {
    id: TEXT,
    uuid: TEXT,
    testMode: FLAG,
    ...each(['resellerReference', 'supplierReference'], TEXT_OR_NULL),
    status: STATUS,
    ...each(['utcCreatedAt', 'utcUpdatedAt'], INSTANT),
    ...each(['utcExpiresAt', 'utcRedeemedAt', 'utcConfirmedAt'], INSTANT_OR_NULL),
    productId: TEXT,
    optionId: TEXT,
    cancellable: FLAG,
    cancellation: orNull(
      object({
        refund: oneOfWords('FULL', 'PARTIAL', 'NONE'),
        reason: TEXT_OR_NULL,
        utcCancelledAt: INSTANT,
      }),
    ),
    freesale: FLAG,
    availabilityId: TEXT_OR_NULL,
    availability: orNull(availability),
    contact,
    notes: TEXT_OR_NULL,
    deliveryMethods: list(oneOfWords('VOUCHER', 'TICKET')),
    voucher: orNull(ticket),
    unitItems: list(unitItem),
  },
  { product, option, pricing },
);

export const order = object(
  {
    id: TEXT,
    testMode: FLAG,
    supplierReference: TEXT_OR_NULL,
    status: TEXT,
    ...each(['utcExpiresAt', 'utcConfirmedAt'], INSTANT_OR_NULL),
    cancellable: FLAG,
    confirmable: FLAG,
    contact,
    bookings: list(booking),
  },
  { pricing },
);

export const supplier = object({
  id: TEXT,
  name: TEXT,
  endpoint: TEXT,
  contact: object(each(['website', 'email', 'telephone', 'address'], TEXT_OR_NULL)),
});

/** The webhook that a body is for. */
export const webhook = object({
  id: UUID,
  event: TEXT,
  url: TEXT,
  retryOnError: FLAG,
  useContactLanguage: FLAG,
  headers: { type: 'object', additionalProperties: TEXT },
  capabilities: list(TEXT),
});

/** What changed: JSON Patch entries with the value before. */
export const diff = list(
  object({ op: oneOfWords('add', 'remove', 'replace'), path: TEXT, was: {}, value: {} }),
);
