import {
  bookingContactSchema,
  zAvailability,
  zAvailabilityContent,
  zAvailabilityPricing,
  zBooking,
  zBookingPricing,
  zOption,
  zOptionContent,
  zProduct,
  zProductContent,
  zProductPricing,
  zSupplier,
  zUnit,
} from '@octocloud/types';

import { normaliseAvailability } from './normalise-availability.js';
import { normaliseBooking } from './normalise-booking.js';
import { normaliseOrder } from './normalise-order.js';
import { normaliseProduct } from './normalise-product.js';
import { normaliseSupplier } from './normalise-supplier.js';
import { MODELS } from './opened-fields.js';
import type { Fields } from './host-fields.js';
import { withCapabilities } from './with-capabilities.js';

const facts = { at: '2030-01-10T08:00:00.000Z', locale: 'en' };
const pricing = { retail: 4500, currency: 'EUR', offerDiscount: { retail: 500 } };
const content = {
  title: 'Sunset sail',
  features: [{ shortDescription: 'Tapas' }],
  media: [{ src: 'https://cdn.example/1.jpg' }],
  locations: [{ place: { latitude: 41.4, longitude: 2.2 } }],
  commentary: [{ format: 'in_person', language: 'es' }],
};
const pickups = {
  pickupAvailable: true,
  pickupRequired: false,
  pickupPoints: [{ id: 'PP-1', name: 'Plaza' }],
};
const unit: Fields = {
  id: 'adult',
  title: 'Adult',
  pricing: [pricing],
  questions: [{ id: 'Q-2' }],
  restrictions: { minAge: 18, minHeight: 120, heightUnit: 'cm' },
};
const option: Fields = {
  id: 'O-1',
  ...content,
  ...pickups,
  pricing: [pricing],
  questions: [{ id: 'Q-1' }],
  packageIncludes: [{ title: 'Museums', includes: [{ id: 'I-1', product: { id: 'P-2', title: 'Museum' } }] }],
  units: [unit],
};
const product: Fields = {
  id: 'P-1',
  internalName: 'sail',
  ...content,
  defaultCurrency: 'EUR',
  availableCurrencies: ['EUR'],
  pricingPer: 'UNIT',
  isPackage: true,
  mappings: [{ resellerReference: 'M' }],
  city: 'Barcelona',
  options: [option],
};
const availability: Fields = {
  id: '2030-01-15T09:00:00+01:00',
  vacancies: 4,
  title: 'Morning',
  pricing,
  unitPricing: [{ unitId: 'adult', ...pricing }],
  ...pickups,
  offerCode: 'SPRING',
  packageAvailabilities: [],
};
const booking: Fields = {
  id: 'B-1',
  status: 'CONFIRMED',
  product,
  option,
  availability,
  pricing,
  meetingPoint: 'Pier 3',
  pickupHotel: 'Plaza',
  questionAnswers: [{ questionId: 'Q-1', value: 'yes' }],
  offerCode: 'SPRING',
  adjustments: [{ amount: -500 }],
  orderId: 'ORD-1',
  packageBookings: [{ id: 'B-2', pricing, orderId: 'ORD-1' }],
  mappings: [],
  unitItems: [{ unitId: 'adult', unit, pricing, questionAnswers: [] }],
  flights: [{ number: 'SP123' }],
  fields: { pricing: 'the host knows what this is' },
};

const ALL = [...new Set(Object.values(MODELS).flatMap(({ opens }) => Object.keys(opens)))];
const SETS = [
  [],
  ['octo/pricing'],
  ['octo/content'],
  ['octo/pricing', 'octo/content'],
  ['octo/pricing', 'octo/offers', 'octo/cart'],
  ['octo/pickups', 'octo/questions', 'octo/packages'],
  ['octo/adjustments', 'octo/mappings'],
  ALL,
];

describe('withCapabilities', () => {
  it('knows every capability that OCTO has for fields', () => {
    const names = [
      'adjustments',
      'cart',
      'content',
      'mappings',
      'offers',
      'packages',
      'pickups',
      'pricing',
      'questions',
    ];
    expect(ALL.sort()).toEqual(names.map((name) => `octo/${name}`));
  });

  it.each(SETS.map((set) => [set.join(' ') || 'no capability', set]))(
    'gives models that pass the validators of OCTO with %s',
    (_name, set) => {
      const capabilities = new Set(set);
      const seen = withCapabilities('booking', normaliseBooking(booking, facts), capabilities);
      zBooking.parse(seen);
      bookingContactSchema.validateSync(seen.contact, { strict: true });
      zProduct.parse(withCapabilities('product', normaliseProduct(product, facts), capabilities));
      zAvailability.parse(
        withCapabilities('availability', normaliseAvailability(availability, facts), capabilities),
      );
      zSupplier.parse(withCapabilities('supplier', normaliseSupplier({ id: 'S-1' }), capabilities));
      const order = normaliseOrder({ id: 'ORD-1', bookings: [booking] }, facts);
      const [inOrder] = withCapabilities('order', order, capabilities).bookings as Fields[];
      zBooking.parse(inOrder);
      expect(inOrder!.orderId).toBe('ORD-1');
    },
  );

  it.each(ALL)(
    'opens the fields of %s with it and none of them without it, however deep they are',
    (capability) => {
      const full = normaliseBooking(booking, facts);
      const without = new Set(ALL.filter((each) => each !== capability));
      const opens = (seen: Fields) => fieldsOpenedBy(capability, seen);
      expect(opens(withCapabilities('booking', full, new Set(ALL)))).not.toEqual([]);
      expect(opens(withCapabilities('booking', full, without))).toEqual([]);
    },
  );

  it('opens what the parts of OCTO know by the names of their schemas', () => {
    const bare = withCapabilities('booking', normaliseBooking(booking, facts), new Set());
    const parts: [object, Fields][] = [
      [zBookingPricing.shape, bare],
      [zProductPricing.shape, bare.product as Fields],
      [zProductContent.shape, bare.product as Fields],
      [zOptionContent.shape, bare.option as Fields],
      [zAvailabilityContent.shape, bare.availability as Fields],
      [zAvailabilityPricing.shape, bare.availability as Fields],
    ];
    for (const [shape, part] of parts) {
      expect(Object.keys(part).filter((field) => Object.hasOwn(shape, field))).toEqual([]);
    }
    const rich = withCapabilities('booking', normaliseBooking(booking, facts), new Set(ALL));
    expect(zBooking.parse(rich)).toMatchObject({
      pricing: {
        original: 4500,
        retail: 4500,
        net: null,
        currency: 'EUR',
        currencyPrecision: 2,
        includedTaxes: [],
      },
      product: { title: 'Sunset sail', media: [{ rel: 'GALLERY', type: 'image/jpeg', title: null }] },
      option: { commentary: [{ format: 'IN_PERSON', language: 'es' }] },
    });
  });

  it('leaves the host its own fields', () => {
    const seen = withCapabilities('booking', normaliseBooking(booking, facts), new Set());
    expect(seen.flights).toEqual(booking.flights);
    expect(seen.fields).toEqual(booking.fields);
    expect((seen.product as Fields).city).toBe('Barcelona');
  });

  it('opens nothing for a capability that it does not know', () => {
    const bare = withCapabilities('booking', booking, new Set());
    expect(withCapabilities('booking', booking, new Set(['constructor', '__proto__', 'octo/none']))).toEqual(
      bare,
    );
  });

  it('stops at packages in packages in packages', () => {
    let nested: Fields = { id: 'B-0' };
    for (let level = 0; level < 20_000; level += 1) nested = { id: `B-${level}`, packageBookings: [nested] };
    const seen = withCapabilities('booking', nested, new Set(['octo/packages']));
    expect(JSON.stringify(seen).match(/packageBookings/g)).toHaveLength(16);
  });
});

describe('normalising', () => {
  it('makes a valid model of next to nothing', () => {
    zBooking.parse(normaliseBooking({}, facts));
    zBooking.parse(
      normaliseBooking({ status: 'PAID', contact: null, unitItems: [{}, 7], pricing: {} }, facts),
    );
    zProduct.parse(normaliseProduct({ options: [{ units: [{}] }] }, facts));
    zAvailability.parse(normaliseAvailability({}, facts));
    zSupplier.parse(normaliseSupplier(undefined));
    zOption.parse((normaliseProduct({ options: [{}] }, facts).options as Fields[])[0]);
    zUnit.parse(
      ((normaliseProduct({ options: [option] }, facts).options as Fields[])[0]!.units as Fields[])[0],
    );
  });

  it('gives a booking without a UUID always the same one', () => {
    const [first, again, other] = ['B-1', 'B-1', 'B-2'].map((id) => normaliseBooking({ id }, facts).uuid);
    expect(first).toBe(again);
    expect(first).not.toBe(other);
  });

  it('keeps what the host said where OCTO can say it', () => {
    const given = zBooking.parse(normaliseBooking(zBooking.parse(normaliseBooking(booking, facts)), facts));
    expect(normaliseBooking(given as Fields, { at: '2040-01-01T00:00:00.000Z', locale: 'de' })).toEqual(
      given,
    );
  });

  it('writes times that OCTO wants in UTC in UTC', () => {
    const { utcCreatedAt, utcConfirmedAt, utcExpiresAt, utcUpdatedAt } = normaliseBooking(
      {
        utcCreatedAt: '2030-01-01T10:00:00+02:00',
        utcConfirmedAt: '2030-01-01T10:00:00Z',
        utcExpiresAt: 'soon',
        utcUpdatedAt: '2030-01-01 10:00:00',
      },
      facts,
    );
    expect({ utcCreatedAt, utcConfirmedAt, utcExpiresAt, utcUpdatedAt }).toEqual({
      utcCreatedAt: '2030-01-01T08:00:00.000Z',
      utcConfirmedAt: '2030-01-01T10:00:00Z',
      utcExpiresAt: null,
      utcUpdatedAt: '2030-01-01T10:00:00.000Z',
    });
  });

  it('takes a price without an amount for none rather than for free', () => {
    expect(normaliseBooking({ pricing: { currency: 'EUR' } }, facts).pricing).toBeUndefined();
    expect(normaliseBooking({ pricing: { retail: 900, currency: 'jpy' } }, facts).pricing).toMatchObject({
      currency: 'JPY',
      currencyPrecision: 0,
    });
  });

  it('tells from the vacancies whether there is anything left', () => {
    const status = (given: Fields) => normaliseAvailability(given, facts).status;
    expect(status({ vacancies: 0 })).toBe('SOLD_OUT');
    expect(status({ vacancies: 3 })).toBe('AVAILABLE');
    expect(status({ vacancies: 3, available: false })).toBe('SOLD_OUT');
    expect(normaliseAvailability({ status: 'CLOSED' }, facts).available).toBe(false);
  });
});

/** The names of a capability's fields, wherever they are in a value that is not the host's own. */
function fieldsOpenedBy(capability: string, value: unknown): string[] {
  const names = new Set(Object.values(MODELS).flatMap(({ opens }) => opens[capability] ?? []));
  const found: string[] = [];
  const look = (each: unknown) => {
    if (typeof each !== 'object' || each === null) return;
    for (const [key, member] of Object.entries(each)) {
      if (key === 'fields' || key === 'contact') continue;
      if (!Array.isArray(each) && names.has(key)) found.push(key);
      look(member);
    }
  };
  look(value);
  return found;
}
