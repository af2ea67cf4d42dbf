import fc from 'fast-check';

import type { EventData } from '../../catalog/domain-events.js';
import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import type { Document, Value } from '../document.js';
import { encode } from '../formats/encode.js';
import type { CanonicalEvent } from '../profile.js';
import { Checkfront3Profile } from './checkfront-3.profile.js';
import { CheckfrontProfile } from './checkfront.profile.js';

const profile = new Checkfront3Profile();
const booking = {
  id: 157,
  status: 'CONFIRMED',
  supplierReference: 'KMVQ-060314',
  utcCreatedAt: '2014-03-07T01:43:38Z',
  productId: 6,
  product: { id: 6, reference: 'paddle', title: 'Paddle' },
  availability: {
    localDateTimeStart: '2014-03-06T10:00:00-08:00',
    localDateTimeEnd: '2014-03-06T12:00:00-08:00',
  },
  contact: {
    fullName: 'Your Customer',
    emailAddress: 'support@example.com',
    region: 'BC',
    address: '170-422 Richards Street',
    city: 'Vancouver',
    country: 'CA',
    phoneNumber: '1 (800) 559-0985',
    postalCode: 'V6B 2Z4',
  },
  notes: 'Free icecream!',
  fields: { request: 'Blue paddleboard', newsletter: false },
  unitItems: [{ unitId: 'adult' }, { unitId: 'adult' }],
  pricing: {
    retail: 4830,
    currency: 'CAD',
    currencyPrecision: 2,
    includedTaxes: [{ name: 'GST', retail: 230 }],
  },
  payments: [{ amount: 1000, currency: 'CAD', currencyPrecision: 2, status: 'PAID' }],
};

function eventOf(type: string, data: EventData, more: object = {}): CanonicalEvent {
  return {
    id: 'E-1',
    type,
    contractId: 'C-1',
    occurredAt: 1_482_284_175_000,
    data,
    dataText: JSON.stringify(data),
    previous: null,
    originator: { type: 'owner', id: 1, name: 'Owner' },
    accountContext: { host: 'your-company.example.com' },
    eventKey: null,
    ...more,
  } as CanonicalEvent;
}

function rendered(type: string, data: EventData, more: object = {}): Document['value'] {
  return profile.render(eventOf(type, data, more)).value;
}

describe('the profile checkfront-3', () => {
  it("renders a booking as Checkfront's sample", () => {
    expect(JSON.stringify(rendered('booking.created', { booking }), null, 1)).toBe(
      JSON.stringify(
        {
          '@attributes': { version: '3.0', host: 'your-company.example.com' },
          booking: {
            '@attributes': { booking_id: '157' },
            status: 'PART',
            code: 'KMVQ-060314',
            tid: {},
            created_date: '1394156618',
            staff_id: '1',
            source_ip: {},
            start_date: '1394128800',
            end_date: '1394136000',
            customer: {
              code: {},
              name: 'Your Customer',
              email: 'support@example.com',
              region: 'BC',
              address: '170-422 Richards Street',
              city: 'Vancouver',
              country: 'CA',
              phone: '1 (800) 559-0985',
              postal_zip: 'V6B 2Z4',
            },
            fields: {
              customer_name: 'Your Customer',
              customer_email: 'support@example.com',
              customer_region: 'BC',
              customer_address: '170-422 Richards Street',
              customer_city: 'Vancouver',
              customer_country: 'CA',
              customer_phone: '1 (800) 559-0985',
              customer_postal_zip: 'V6B 2Z4',
              request: 'Blue paddleboard',
              newsletter: '0',
            },
            meta: { note: 'Free icecream!', mobile_device: {} },
            order: {
              '@attributes': { currency_id: 'CAD' },
              sub_total: '46.00',
              tax_total: '2.30',
              paid_total: '10.00',
              total: '48.30',
              taxes: { tax: { '@attributes': { tax_id: '1' }, name: 'GST', amount: '2.30' } },
              items: {
                item: {
                  '@attributes': { line_id: '1', item_id: '6' },
                  start_date: '1394128800',
                  end_date: '1394136000',
                  sku: 'paddle',
                  slip: {},
                  package_id: {},
                  status: 'PART',
                  total: '48.30',
                  tax_total: '2.30',
                  qty: '2',
                },
              },
            },
          },
        },
        null,
        1,
      ),
    );
  });

  const small = { id: 157, status: 'ON_HOLD', contact: { fullName: 'A & B' } };

  it('sends a booking as XML, with its attributes', () => {
    const document = profile.render(eventOf('booking.created', { booking: small }));
    expect(encode(document, 'xml').body.toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><checkfront-notify version="3.0" host="your-company.example.com">' +
        '<booking booking_id="157"><status>PEND</status><code>157</code><tid/><created_date/><staff_id>1</staff_id>' +
        '<source_ip/><start_date/><end_date/><customer><code/><name>A &amp; B</name><email/><region/><address/><city/>' +
        '<country/><phone/><postal_zip/></customer><fields><customer_name>A &amp; B</customer_name></fields>' +
        '<meta><note/><mobile_device/></meta><order currency_id=""><sub_total/><tax_total>0.00</tax_total>' +
        '<paid_total>0.00</paid_total><total/><taxes/><items/></order></booking></checkfront-notify>',
    );
  });

  it('sends a booking as a form', () => {
    const document = profile.render(eventOf('booking.created', { booking: small }));
    expect(decodeURIComponent(encode(document, 'form').body.toString())).toBe(
      '@attributes[version]=3.0&@attributes[host]=your-company.example.com&booking[@attributes][booking_id]=157' +
        '&booking[status]=PEND&booking[code]=157&booking[tid]=&booking[created_date]=&booking[staff_id]=1' +
        '&booking[source_ip]=&booking[start_date]=&booking[end_date]=&booking[customer][code]=' +
        '&booking[customer][name]=A & B&booking[customer][email]=&booking[customer][region]=' +
        '&booking[customer][address]=&booking[customer][city]=&booking[customer][country]=&booking[customer][phone]=' +
        '&booking[customer][postal_zip]=&booking[fields][customer_name]=A & B&booking[meta][note]=' +
        '&booking[meta][mobile_device]=&booking[order][@attributes][currency_id]=&booking[order][sub_total]=' +
        '&booking[order][tax_total]=0.00&booking[order][paid_total]=0.00&booking[order][total]=' +
        '&booking[order][taxes]=&booking[order][items]=',
    );
  });

  it.each(['booking.confirmed', 'booking.updated', 'booking.cancelled'])(
    'renders %s in the same shape',
    (type) => {
      const cancelled = { ...booking, status: 'CANCELLED' };
      expect(rendered(type, { booking: cancelled }, { originator: null })).toMatchObject({
        booking: { status: 'STOP', staff_id: {}, order: { items: { item: { status: 'STOP' } } } },
      });
    },
  );

  it('lists taxes when there are several', () => {
    const includedTaxes = [
      { id: 6, name: 'GST', retail: 230 },
      { name: 'PST', retail: 100 },
    ];
    const taxed = { ...booking, pricing: { ...booking.pricing, includedTaxes } };
    expect(rendered('booking.updated', { booking: taxed })).toMatchObject({
      booking: {
        order: {
          sub_total: '45.00',
          tax_total: '3.30',
          taxes: {
            tax: [
              { '@attributes': { tax_id: '6' }, name: 'GST', amount: '2.30' },
              { '@attributes': { tax_id: '2' }, name: 'PST', amount: '1.00' },
            ],
          },
        },
      },
    });
  });

  it('dates a booking without an availability by its flights', () => {
    const flights = [
      {
        departure: { scheduledAt: '2030-01-15T10:00:00Z' },
        arrival: { scheduledAt: '2030-01-15T12:00:00Z' },
      },
      {
        departure: { scheduledAt: '2030-01-20T10:00:00Z' },
        arrival: { scheduledAt: '2030-01-20T12:00:00Z' },
      },
    ];
    expect(rendered('booking.updated', { booking: { id: 1, flights } })).toMatchObject({
      booking: { start_date: '1894701600', end_date: '1895140800' },
    });
  });

  const envelope = { version: '3.0', host: 'your-company.example.com' };

  it.each([
    ['payment.received', 'PAID'],
    ['payment.refunded', 'REFUNDED'],
  ])('renders %s as a transaction that is %s', (type, status) => {
    const payment = {
      id: 'PAY-1',
      amount: 2700,
      currencyPrecision: 2,
      gateway: 'TestPayment',
      method: 'Visa',
      bookingId: 'LULZ-080916',
    };
    expect(JSON.stringify(rendered(type, { payment }))).toBe(
      JSON.stringify({
        ...envelope,
        type: 'transaction',
        action: 'insert',
        transaction: {
          transaction_id: 'PAY-1',
          date: '1482284175',
          status,
          amount: '27.00',
          gateway_id: 'TestPayment',
          payment_type: 'Visa',
          booking_id: 'LULZ-080916',
        },
      }),
    );
  });

  it('sends a transaction as XML, the version and the host as attributes', () => {
    const document = profile.render(eventOf('payment.received', { payment: { id: 'PAY-1' } }));
    expect(encode(document, 'xml').body.toString()).toContain(
      '<checkfront-notify version="3.0" host="your-company.example.com"><type>transaction</type><action>insert</action>' +
        '<transaction><transaction_id>PAY-1</transaction_id><date>1482284175</date><status>PAID</status><amount/>',
    );
  });

  it.each([
    ['product.added', 'A'],
    ['product.updated', 'A'],
    ['product.removed', 'D'],
  ])('renders %s as an item with the status %s', (type, status) => {
    const product = {
      id: 40,
      internalName: 'Test Item',
      shortDescription: 'Short',
      description: 'Long',
      categoryId: 9,
      stock: 5,
    };
    expect(JSON.stringify(rendered(type, { product }))).toBe(
      JSON.stringify({
        ...envelope,
        type: 'item',
        action: 'update',
        item: {
          item_id: '40',
          sku: '40',
          name: 'Test Item',
          url: {},
          summary: 'Short',
          details: 'Long',
          category_id: '9',
          stock: '5',
          unlimited: '0',
          status,
          type: 'I',
        },
      }),
    );
  });

  it('renders a rate, the only item it applies to on its own', () => {
    const rate = { id: 8, name: 'Max 3 Days', startDate: '2016-12-21', productId: 14 };
    expect(JSON.stringify(rendered('rate.updated', { rate }))).toBe(
      JSON.stringify({
        ...envelope,
        type: 'rate',
        action: 'update',
        rate: {
          rate_id: '8',
          name: 'Max 3 Days',
          start_date: '20161221',
          end_date: '0',
          status: 'A',
          type: 'SP',
          enabled: '1',
          apply_to: { items: { id: '14' } },
        },
      }),
    );
  });

  it('renders a rate of several items as a list, one of none as nothing', () => {
    expect(rendered('rate.updated', { rate: { productIds: [14, 16] } })).toMatchObject({
      rate: { apply_to: { items: [{ id: '14' }, { id: '16' }] } },
    });
    expect(rendered('rate.updated', { rate: { enabled: false } })).toMatchObject({
      rate: { status: 'D', enabled: '0', apply_to: {} },
    });
  });

  it('renders an availability as an update of the calendar', () => {
    const availability = {
      localDateTimeStart: '2014-03-06T10:00:00-08:00',
      status: 'AVAILABLE',
      vacancies: 0,
    };
    expect(rendered('availability.updated', { availability, productId: 6, optionId: 'DEFAULT' })).toEqual({
      ...envelope,
      type: 'calendar',
      action: 'update',
      calendar: {
        item_id: '6',
        option_id: 'DEFAULT',
        start_date: '1394128800',
        end_date: {},
        status: 'AVAILABLE',
        available: '0',
      },
    });
  });

  it('renders what Checkfront has no event for as it was published, as texts', () => {
    expect(rendered('order.updated', { order: { id: 1, bookings: [{ id: 2 }] } })).toEqual({
      ...envelope,
      type: 'order',
      action: 'update',
      order: { id: '1', bookings: { id: '2' } },
    });
    expect(rendered('flight.status_changed', { flight: { delayMinutes: 45 } })).toEqual({
      ...envelope,
      type: 'flight',
      action: 'update',
      flight: { delayMinutes: '45' },
    });
    expect(rendered('voucher.redeemed', { voucher: { id: 1 } })).toEqual({
      ...envelope,
      type: 'voucher',
      action: 'redeemed',
      data: { voucher: { id: '1' } },
    });
  });

  it('takes the slug of the owner for the host, and the contract when there is neither', () => {
    const attributes = (accountContext: object | null): unknown =>
      rendered('booking.created', { booking }, { accountContext })['@attributes'];
    expect(attributes({ ownerSlug: 'acme' })).toEqual({ version: '3.0', host: 'acme' });
    expect(attributes(null)).toEqual({ version: '3.0', host: 'C-1' });
  });
});

const nouns = 'booking order payment availability product rate flight productId optionId'.split(' ');
const fields =
  'id status utcCreatedAt contact fullName product productIds availability pricing retail currencyPrecision ' +
  'includedTaxes payments amount flights departure unitItems fields @attributes __proto__ constructor';
const key = fc.constantFrom(...fields.split(' '));
const { odd } = fc.letrec<{ odd: Value }>((tie) => ({
  odd: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }).map((value) => value as Value),
    fc.constantFrom<Value>(1e308, -1, ']]>', '\ud800', '2030-01-15T09:00:00Z', '2030-99-99'),
    fc.array(tie('odd'), { maxLength: 3 }),
    fc.dictionary(key, tie('odd'), { maxKeys: 6 }),
  ),
}));
const data = fc
  .dictionary(fc.constantFrom(...nouns), odd)
  .map((value) => JSON.parse(JSON.stringify(value)) as EventData);

describe.each([new CheckfrontProfile(), profile])('$name, of odd data', (tested) => {
  it.each(tested.formats)('gives a body in %s without throwing', (format) => {
    fc.assert(
      fc.property(fc.constantFrom(...CANONICAL_EVENT_TYPES), data, fc.option(data), (type, now, previous) => {
        const { body } = encode(tested.render(eventOf(type, now, { previous })), format);
        expect(body.length).toBeGreaterThan(0);
      }),
    );
  });
});

it('every scalar of a body in version 3 is a text, whatever the data', () => {
  const scalars = (value: Value): Value[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : [value];
  fc.assert(
    fc.property(fc.constantFrom(...CANONICAL_EVENT_TYPES), data, (type, now) => {
      expect(scalars(rendered(type, now)).filter((scalar) => typeof scalar !== 'string')).toEqual([]);
    }),
  );
});
