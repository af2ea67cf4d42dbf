import type { EventData } from '../../catalog/domain-events.js';
import type { CanonicalEvent, RenderContext } from '../profile.js';
import { ACTOR_TOKEN_CAPABILITY } from './capdata-parties.js';
import { capdataEventKey } from './capdata-event.js';
import { CapdataProfile } from './capdata.profile.js';

const profile = new CapdataProfile();

const owner = { ownerId: 1, ownerName: 'Main Owner', ownerEmail: 'owner@email.com', ownerSlug: 'main-owner' };

const agent = {
  type: 'agent',
  id: 101,
  name: 'Support Agent',
  username: 'support.agent',
  tokenUsed: 'the_agent_token_used',
  clientId: 15,
  clientName: 'Demo Travel Agency',
  clientType: 'agency',
} as const;

const outbound = {
  number: 'VY1234',
  airline: { code: 'VY', name: 'Vueling' },
  date: '2025-12-25',
  departure: { iata: 'BCN' },
  arrival: { iata: 'ORY' },
};

const booking = {
  id: 'B-1',
  supplierReference: 'XYZ123',
  status: 'ON_HOLD',
  contact: { fullName: 'MARIA LOPEZ', emailAddress: 'maria@example.com' },
  pricing: { retail: 25050, currency: 'EUR', currencyPrecision: 2 },
  flights: [outbound],
};

function event(fields: Partial<CanonicalEvent> = {}): CanonicalEvent {
  const data: EventData = fields.data ?? { booking };
  return {
    id: '0199d3c8-0000-7000-8000-000000000001',
    type: 'booking.created',
    contractId: 'C-1',
    occurredAt: Date.parse('2025-05-12T10:15:30.000Z'),
    dataText: JSON.stringify(data),
    previous: null,
    originator: agent,
    accountContext: owner,
    eventKey: null,
    ...fields,
    data,
  };
}

function render(of: CanonicalEvent, ...capabilities: string[]) {
  const context = { capabilities: new Set(capabilities) } as unknown as RenderContext;
  return profile.render(of, context).value;
}

function updated(changes: EventData, fields: Partial<CanonicalEvent> = {}): CanonicalEvent {
  return event({ type: 'booking.updated', ...fields, data: { booking: { ...booking, ...changes } } });
}

/** The one reservation of a body. */
function reservationOf(of: CanonicalEvent): EventData {
  const data = render(of).reservation_data;
  return (Array.isArray(data) ? data[0] : data) as EventData;
}

describe('the CapData profile', () => {
  it('sends a new reservation as a list with day-first dates, and no updated_at', () => {
    expect(JSON.stringify(render(event(), ACTOR_TOKEN_CAPABILITY), null, 2)).toBe(`{
  "event_type": "new_flight_reservation_from_extension",
  "reservation_data": [
    {
      "booking_code": "XYZ123",
      "passenger_name": "MARIA LOPEZ",
      "departure_date": "25/12/2025",
      "airline": "Vueling",
      "price": "250.50",
      "currency": "EUR",
      "status": "ON_HOLD",
      "flight_numbers": [
        "VY1234"
      ],
      "origin": "BCN",
      "destination": "ORY",
      "email": "maria@example.com",
      "booking_id": "B-1"
    }
  ],
  "webhook_account_context": {
    "owner_id": 1,
    "owner_name": "Main Owner",
    "owner_email": "owner@email.com",
    "owner_slug": "main-owner"
  },
  "action_originator": {
    "actor_type": "agent",
    "actor_id": 101,
    "actor_name": "Support Agent",
    "actor_username": "support.agent",
    "actor_token_used": "the_agent_token_used",
    "agent_belongs_to_client_id": 15,
    "agent_belongs_to_client_name": "Demo Travel Agency",
    "agent_belongs_to_client_type": "agency"
  }
}`);
  });

  it('sends an update as an object with ISO dates and updated_at', () => {
    const flights = [
      {
        ...outbound,
        number: 'IB3166',
        airline: { code: 'IB', name: 'Iberia' },
        date: '2025-10-15',
      },
      { number: 'IB3167', date: '2025-10-22', departure: { iata: 'ORY' }, arrival: { iata: 'BCN' } },
    ];
    const change = updated(
      {
        supplierReference: 'ABCDEF',
        status: 'CONFIRMED',
        contact: { fullName: 'Juan Pérez García' },
        flights,
      },
      { originator: { type: 'owner', id: 1, name: 'Main Owner' }, accountContext: snake(owner) },
    );
    expect(JSON.stringify(render(change), null, 2)).toBe(`{
  "event_type": "flight_reservation_updated",
  "reservation_data": {
    "booking_code": "ABCDEF",
    "passenger_name": "Juan Pérez García",
    "departure_date": "2025-10-15",
    "return_date": "2025-10-22",
    "airline": "Iberia",
    "price": "250.50",
    "currency": "EUR",
    "status": "CONFIRMED",
    "flight_numbers": [
      "IB3166",
      "IB3167"
    ],
    "origin": "BCN",
    "destination": "ORY",
    "email": null,
    "booking_id": "B-1"
  },
  "updated_at": "2025-05-12T10:15:30Z",
  "webhook_account_context": {
    "owner_id": 1,
    "owner_name": "Main Owner",
    "owner_email": "owner@email.com",
    "owner_slug": "main-owner"
  },
  "action_originator": {
    "actor_type": "owner",
    "actor_id": 1,
    "actor_name": "Main Owner"
  }
}`);
  });

  it.each(['booking.confirmed', 'booking.updated', 'booking.cancelled'] as const)(
    '%s is an update',
    (type) => {
      expect(render(event({ type })).event_type).toBe('flight_reservation_updated');
    },
  );

  it.each([
    [25050, 'EUR', 2, '250.50'],
    [25050, 'JPY', undefined, '25050'],
    [25050, 'KWD', undefined, '25.050'],
    [5, 'EUR', 2, '0.05'],
    [-5, 'EUR', 2, '-0.05'],
    [0, 'EUR', 2, '0.00'],
    [9007199254740991, 'EUR', 2, '90071992547409.91'],
    ['250.50', 'EUR', 2, '250.50'],
    [null, 'EUR', 2, null],
  ])('the price of %p in %s with precision %p is %p', (retail, currency, currencyPrecision, price) => {
    expect(reservationOf(updated({ pricing: { retail, currency, currencyPrecision } })).price).toBe(price);
  });

  it('has no return date for a journey that goes on, or stays away', () => {
    const on = { number: 'VY2', date: '2025-12-26', departure: { iata: 'ORY' }, arrival: { iata: 'JFK' } };
    expect(reservationOf(updated({ flights: [outbound, on] }))).not.toHaveProperty('return_date');
    expect(reservationOf(updated({ flights: [outbound, on] })).destination).toBe('JFK');
  });

  it('returns after the longest stay when there are connections', () => {
    const leg = (from: string, to: string, date: string) => ({ origin: from, destination: to, date });
    const flights = [
      leg('MAD', 'LHR', '2025-10-01'),
      leg('LHR', 'JFK', '2025-10-01'),
      leg('JFK', 'LHR', '2025-10-08'),
      leg('LHR', 'MAD', '2025-10-09'),
    ];
    expect(reservationOf(updated({ flights }))).toMatchObject({
      departure_date: '2025-10-01',
      return_date: '2025-10-08',
      destination: 'JFK',
    });
  });

  it('departs on the day it is at the airport', () => {
    const departure = { iata: 'BCN', timezone: 'Europe/Madrid', scheduledAt: '2025-12-25T23:30:00Z' };
    expect(
      reservationOf(event({ data: { booking: { ...booking, flights: [{ departure }] } } })),
    ).toMatchObject({ departure_date: '26/12/2025' });
  });

  it('ends with the fields of the host, which cannot take the place of its own', () => {
    const fields = { 1: 'first', booking_code: 'other', bookingCode: 'PNR001' };
    const data = reservationOf(updated({ fields }));
    expect(Object.keys(data)[0]).toBe('booking_code');
    expect(data).toMatchObject({ booking_code: 'PNR001', fields });
  });

  it('keeps the canonical name of a booking without flights, and names the product', () => {
    const tour = { ...booking, flights: [], product: { internalName: 'Old town walk' } };
    expect(render(event({ data: { booking: tour } }))).toMatchObject({
      event_type: 'booking.created',
      reservation_data: [{ booking_code: 'XYZ123', airline: null, product: 'Old town walk' }],
    });
  });

  it('sends the data of any other event as it was published', () => {
    const data = { product: { id: 'P-1' } };
    expect(render(event({ type: 'product.added', data }))).toMatchObject({
      event_type: 'product.added',
      reservation_data: data,
      updated_at: '2025-05-12T10:15:30Z',
    });
  });
});

describe("an agent's token", () => {
  it('is left out of every body that did not ask for it', () => {
    expect(JSON.stringify(render(event(), 'octo/pricing', 'capdata'))).not.toContain('token');
  });

  it.each(['tokenUsed', 'token_used', 'actor_token_used'])(
    'is shown when asked for, given as %s',
    (field) => {
      const { tokenUsed, ...tokenless } = agent;
      const body = render(event({ originator: { ...tokenless, [field]: tokenUsed } }), 'capdata/actor-token');
      expect(body.action_originator).toMatchObject({ actor_token_used: 'the_agent_token_used' });
    },
  );

  it('is an agent’s only', () => {
    const body = render(event({ originator: { ...agent, type: 'agency' } }), ACTOR_TOKEN_CAPABILITY);
    expect(Object.keys(body.action_originator as object)).toEqual(['actor_type', 'actor_id', 'actor_name']);
  });
});

describe('who is not known', () => {
  it('is null, and the owner is the contract', () => {
    expect(render(event({ originator: null, accountContext: null }))).toMatchObject({
      webhook_account_context: { owner_id: 'C-1', owner_name: null, owner_email: null, owner_slug: null },
      action_originator: { actor_type: null, actor_id: null, actor_name: null },
    });
  });
});

describe('the CapData event key', () => {
  it('is the event type and the booking code of a new reservation', () => {
    expect(capdataEventKey(event())).toBe('new_flight_reservation_from_extension:XYZ123');
  });

  it('ends with the time of an update', () => {
    expect(capdataEventKey(updated({}))).toBe('flight_reservation_updated:XYZ123:2025-05-12T10:15:30Z');
  });

  it('takes the time from the booking, as UTC, so that publishing a change again is the same event', () => {
    const again = { occurredAt: Date.parse('2026-01-01T00:00:00Z') };
    for (const utcUpdatedAt of ['2025-05-12T10:15:30', '2025-05-12T12:15:30+02:00', '2025-05-12T10:15:30Z']) {
      const change = updated({ utcUpdatedAt }, again);
      expect(capdataEventKey(change)).toBe('flight_reservation_updated:XYZ123:2025-05-12T10:15:30Z');
      expect(render(change).updated_at).toBe('2025-05-12T10:15:30Z');
    }
  });

  it('tells two updates within one second apart', () => {
    const [first, second] = [100, 200].map((ms) => updated({}, { occurredAt: 1_747_044_930_000 + ms }));
    expect(first && capdataEventKey(first)).toBe(
      'flight_reservation_updated:XYZ123:2025-05-12T10:15:30.100Z',
    );
    expect(second && capdataEventKey(second)).toBe(
      'flight_reservation_updated:XYZ123:2025-05-12T10:15:30.200Z',
    );
  });

  it.each([
    ['another business id', { supplierReference: null }, 'B-1'],
    ['the event', { supplierReference: null, id: null }, '0199d3c8-0000-7000-8000-000000000001'],
  ])('falls back to %s', (_, changes, id) => {
    expect(capdataEventKey(updated(changes))).toBe(`flight_reservation_updated:${id}:2025-05-12T10:15:30Z`);
  });

  it.each(['a b\r\nX-Evil: 1', 'ÑANDÚ', '\ud800', 'x'.repeat(5000)])(
    'fits a header and an event key, whatever the code: %j',
    (supplierReference) => {
      expect(capdataEventKey(updated({ supplierReference }))).toMatch(/^[\x21-\x7e]{1,191}$/);
    },
  );

  it('is sent as a header', () => {
    expect(profile.headers(event())).toEqual({ 'x-idempotency-key': capdataEventKey(event()) });
  });
});

function snake(context: Record<string, unknown>): EventData {
  const named = Object.entries(context).map(([key, value]) => [
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return Object.fromEntries(named) as EventData;
}
