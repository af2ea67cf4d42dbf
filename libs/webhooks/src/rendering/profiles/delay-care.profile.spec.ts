import type { EventData } from '../../catalog/domain-events.js';
import { MessageCatalog } from '../localization/message-catalog.js';
import type { CanonicalEvent, RenderContext } from '../profile.js';
import { DelayCareProfile } from './delay-care.profile.js';

const profile = new DelayCareProfile();

const catalog = new MessageCatalog();

function context(locale = 'en'): RenderContext {
  return {
    locale,
    messages: catalog.in(locale),
    capabilities: new Set(),
    subscription: {} as RenderContext['subscription'],
  };
}

const flight = {
  number: 'TK1234',
  airline: { code: 'TK', name: 'Turkish Airlines' },
  date: '2025-11-26',
  status: 'DELAYED',
  delayMinutes: 45,
  departure: {
    iata: 'IST',
    title: 'Istanbul Airport',
    timezone: 'Europe/Istanbul',
    city: {
      iata: 'IST',
      title: 'Istanbul',
      titleLocalized: { EN: 'Istanbul', DE: 'Istanbul', RU: 'Стамбул' },
    },
    country: { id: 'TR', title: 'Turkey' },
    terminals: ['1'],
    location: { lat: 41.26, lon: 28.74 },
    scheduledAt: '2025-11-26T11:00:00+03:00',
    estimatedAt: '2025-11-26T11:45:00+03:00',
  },
  arrival: { iata: 'MUC' },
};

const booking = {
  id: 'B-1',
  orderId: 'O-1',
  optionId: 'LOUNGE',
  status: 'CONFIRMED',
  contact: { fullName: 'Anna Maria Schmidt', emailAddress: 'anna@example.com' },
  pricing: { currency: 'EUR' },
  fields: { agencyId: 'A-7', refundLatestDate: '2025-11-25' },
  unitItems: [
    {
      uuid: 'U-1',
      unitId: 'adult',
      ticket: {
        deliveryOptions: [
          { deliveryFormat: 'PDF_URL', deliveryValue: 'https://example.com/t.pdf' },
          { deliveryFormat: 'QRCODE', deliveryValue: 'QR-1' },
        ],
      },
    },
    {
      uuid: 'U-2',
      unit: { type: 'CHILD' },
      contact: { firstName: 'Tom', lastName: 'Schmidt' },
      status: 'REDEEMED',
    },
  ],
};

function event(fields: Partial<CanonicalEvent> = {}): CanonicalEvent {
  const data: EventData = fields.data ?? { flight, booking };
  return {
    id: '0199d3c8-0000-7000-8000-000000000001',
    type: 'flight.status_changed',
    contractId: 'C-1',
    occurredAt: Date.parse('2025-11-26T07:00:00.000Z'),
    dataText: JSON.stringify(data),
    previous: { flight: { ...flight, status: 'SCHEDULED' } },
    originator: null,
    accountContext: null,
    eventKey: null,
    ...fields,
    data,
  };
}

function render(of: CanonicalEvent, with_ = context()): EventData {
  return profile.render(of, with_).value;
}

/** The flight block of a flight with other facts. */
function flightOf(changes: EventData, with_ = context()): EventData {
  return render(event({ data: { flight: { ...flight, ...changes } } }), with_).flight as EventData;
}

/** The city of departure as the first passenger's item shows it. */
function cityOf(of: CanonicalEvent, with_ = context()): EventData {
  const [item] = render(of, with_).orderItems as { airport: { city: EventData } }[];
  return item?.airport.city ?? {};
}

describe('the Delay Care profile', () => {
  it('sends a delay as the order it touches, under what changed', () => {
    expect(JSON.stringify(render(event()), null, 2)).toBe(`{
  "eventType": "Flight Delay Status Change",
  "contractId": "C-1",
  "flight": {
    "number": "TK1234",
    "date": "2025-11-26",
    "previousStatus": "Scheduled",
    "status": "Delayed",
    "statusText": "Delayed by 45 minutes",
    "scheduledDeparture": "2025-11-26T11:00:00+03:00",
    "estimatedDeparture": "2025-11-26T11:45:00+03:00",
    "delayMinutes": 45
  },
  "orderId": "O-1",
  "orderItems": [
    {
      "id": "U-1",
      "flightNumber": "TK1234",
      "variantId": "LOUNGE",
      "paxType": "ADULT",
      "firstName": "Anna Maria",
      "lastName": "Schmidt",
      "date": "2025-11-26",
      "email": "anna@example.com",
      "currency": "EUR",
      "agencyId": "A-7",
      "refundLatestDate": "2025-11-25",
      "couponCode": "QR-1",
      "status": "CONFIRMED",
      "airport": {
        "iata": "IST",
        "timezone": "Europe/Istanbul",
        "title": "Istanbul Airport",
        "city": {
          "iata": "IST",
          "title": "Istanbul",
          "titleLocalized": {
            "EN": "Istanbul",
            "DE": "Istanbul",
            "RU": "Стамбул",
            "TR": "Istanbul"
          },
          "country": {
            "id": "TR",
            "title": "Turkey"
          }
        },
        "terminals": [
          "1"
        ],
        "location": {
          "lat": 41.26,
          "lon": 28.74
        }
      },
      "product": {
        "airline": {
          "code": "TK",
          "name": "Turkish Airlines"
        },
        "departureAirport": "IST",
        "arrivalAirport": "MUC"
      }
    },
    {
      "id": "U-2",
      "flightNumber": "TK1234",
      "variantId": "LOUNGE",
      "paxType": "CHILD",
      "firstName": "Tom",
      "lastName": "Schmidt",
      "date": "2025-11-26",
      "email": "anna@example.com",
      "currency": "EUR",
      "agencyId": "A-7",
      "refundLatestDate": "2025-11-25",
      "couponCode": null,
      "status": "REDEEMED",
      "airport": {
        "iata": "IST",
        "timezone": "Europe/Istanbul",
        "title": "Istanbul Airport",
        "city": {
          "iata": "IST",
          "title": "Istanbul",
          "titleLocalized": {
            "EN": "Istanbul",
            "DE": "Istanbul",
            "RU": "Стамбул",
            "TR": "Istanbul"
          },
          "country": {
            "id": "TR",
            "title": "Turkey"
          }
        },
        "terminals": [
          "1"
        ],
        "location": {
          "lat": 41.26,
          "lon": 28.74
        }
      },
      "product": {
        "airline": {
          "code": "TK",
          "name": "Turkish Airlines"
        },
        "departureAirport": "IST",
        "arrivalAirport": "MUC"
      }
    }
  ]
}`);
  });

  it.each([
    ['product.added', 'Product Added'],
    ['product.updated', 'Product Updated'],
    ['product.removed', 'Product Removed'],
  ] as const)('sends %s as %s with the product', (type, eventType) => {
    const product = { id: 'P-1', title: 'Lounge', options: [{ id: 'DEFAULT' }] };
    const body = render(event({ type, data: { product } }));
    expect(JSON.stringify(body)).toBe(JSON.stringify({ eventType, contractId: 'C-1', product }));
  });

  it('sends a booking as its order, with its first flight', () => {
    const body = render(
      event({ type: 'booking.cancelled', data: { booking: { ...booking, flights: [flight] } } }),
    );
    expect(Object.keys(body)).toEqual(['eventType', 'contractId', 'orderId', 'orderItems']);
    expect(body).toMatchObject({
      eventType: 'Booking Cancelled',
      orderItems: [{ flightNumber: 'TK1234' }, { flightNumber: 'TK1234' }],
    });
  });

  it('sends an order with the items of all its bookings', () => {
    const order = { id: 'O-9', bookings: [booking, { id: 'B-2' }] };
    const body = render(event({ type: 'order.updated', data: { order } }));
    expect(body).toMatchObject({
      eventType: 'Order Updated',
      orderId: 'O-9',
      orderItems: [{ id: 'U-1' }, { id: 'U-2' }, { id: 'B-2' }],
    });
  });

  it('sends the data of any other event as it was published', () => {
    const data = { payment: { id: 'PAY-1' } };
    expect(render(event({ type: 'payment.received', data }))).toEqual({
      eventType: 'Payment Received',
      contractId: 'C-1',
      data,
    });
  });

  it('has every key of the flight when the host tells nothing about it, and no items without a booking', () => {
    expect(render(event({ data: { flight: {} }, previous: null }))).toEqual({
      eventType: 'Flight Delay Status Change',
      contractId: 'C-1',
      flight: {
        number: null,
        date: null,
        previousStatus: null,
        status: null,
        statusText: null,
        scheduledDeparture: null,
        estimatedDeparture: null,
        delayMinutes: null,
      },
      orderId: null,
      orderItems: [],
    });
  });
});

describe('the status of a flight', () => {
  it.each([
    ['en', 75, 'Delayed by 1 hour 15 minutes'],
    ['es', 45, 'Retraso de 45 minutos'],
    ['de', 45, 'Um 45 Minuten verspätet'],
    ['es', null, 'Retrasado'],
    ['es', -5, 'Retrasado'],
  ])('is told in the language of the body: in %s, %p minutes late, %s', (locale, delayMinutes, text) => {
    const departure = { ...flight.departure, estimatedAt: null };
    expect(flightOf({ delayMinutes, departure }, context(locale)).statusText).toBe(text);
  });

  it.each([
    ['on_time', 'On Time', 'On time'],
    ['CANCELED', 'Cancelled', 'Cancelled'],
    ['Gate changed', 'Gate Changed', 'Gate Changed'],
    ['延误', '延误', '延误'],
  ])('%s is the word %s and the text %s', (status, word, text) => {
    expect(flightOf({ status })).toMatchObject({ status: word, statusText: text });
  });

  it.each([
    ['2025-11-26T11:00:00+03:00', '2025-11-26T08:30:00Z', 30],
    ['2025-11-26T11:00', '2025-11-26T10:50', -10],
    ['2025-11-26T11:00', '2025-11-26T08:30:00Z', null],
    ['soon', '2025-11-26T08:30:00Z', null],
  ])('is late by the time between %s and %s: %p minutes', (scheduledAt, estimatedAt, delayMinutes) => {
    const departure = { scheduledAt, estimatedAt };
    expect(flightOf({ delayMinutes: undefined, departure }).delayMinutes).toBe(delayMinutes);
  });
});

describe('the title of a city', () => {
  it('comes from the localized text of the host', () => {
    const departureWith = (city: unknown) => ({
      flight: { ...flight, departure: { iata: 'MUC', city } },
      booking,
    });
    const dataText = JSON.stringify(
      departureWith({ $localized: { en: 'Munich', 'de-DE': 'München', tr: 'Münih' } }),
    );
    const german = event({ data: departureWith('München'), dataText });
    expect(cityOf(german, context('de'))).toMatchObject({
      title: 'München',
      titleLocalized: { EN: 'Munich', DE: 'München', RU: 'München', TR: 'Münih' },
    });
  });

  it('is the one there is in every language otherwise', () => {
    const data = { flight: { ...flight, departure: { city: 'Porto' } }, booking };
    expect(cityOf(event({ data })).titleLocalized).toEqual({
      EN: 'Porto',
      DE: 'Porto',
      RU: 'Porto',
      TR: 'Porto',
    });
  });

  it('stands above the country, named in the language of the body when only its code is known', () => {
    const data = { flight: { ...flight, departure: { city: 'Porto', country: 'PT' } }, booking };
    expect(cityOf(event({ data }), context('fr')).country).toEqual({ id: 'PT', title: 'Portugal' });
    expect(cityOf(event({ data }), context('it')).country).toEqual({ id: 'PT', title: 'Portogallo' });
  });
});
