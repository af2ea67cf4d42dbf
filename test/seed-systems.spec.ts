import type { Server } from 'node:http';

import type { DomainEvent } from 'nestjs-booking-webhooks';
import {
  availabilityUpdated,
  bookingCancelled,
  bookingConfirmed,
  bookingCreated,
  bookingUpdated,
  flightStatusChanged,
  orderUpdated,
  paymentReceived,
  paymentRefunded,
  productAdded,
  productRemoved,
  productUpdated,
  rateUpdated,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import request from 'supertest';

import { Host } from './setup/host.js';

let host: Host;
let receiver: TestReceiver;

beforeAll(async () => {
  host = await Host.start({ scheduler: 'in-process' });
  receiver = await TestReceiver.start();
  for (const [system, { profile, names }] of Object.entries(SYSTEMS)) {
    for (const name of names) {
      const url = `${receiver.url}/${system}/${encodeURIComponent(name)}`;
      await host.subscribe(url, { eventTypes: [name], profile });
    }
  }
});

afterAll(async () => {
  await receiver.stop();
  await host.stop();
});

/** One webhook for each name of each system, so that what arrives where shows which names an event goes by. */
const SYSTEMS = {
  octo: {
    profile: 'octo',
    names: ['booking_update', 'availability_update', 'order_update', 'product_update'],
  },
  checkfront: {
    profile: 'checkfront',
    names: [
      'Booking Modified',
      'Booking Status Change',
      'New Payment/Refund',
      'Item Update',
      'Item Event/Discount Edit',
      'Item Calendar Edit',
    ],
  },
  capdata: {
    profile: 'capdata',
    names: ['new_flight_reservation_from_extension', 'flight_reservation_updated'],
  },
  'delay-care': {
    profile: 'delay-care',
    names: ['Flight Delay Status Change', 'Product Added', 'Product Updated', 'Product Removed'],
  },
};

const contractId = 'C-1';
const booking = { id: 'B-1', status: 'CONFIRMED', flights: [{ number: 'IB123' }] };
const onHold = { booking: { ...booking, status: 'ON_HOLD' } };
const tour = { booking: { id: 'B-2', status: 'CONFIRMED' } };

/** The table "Which host event reaches whom": the events of a row, and the names they go by. */
const ROWS: [row: string, events: DomainEvent[], reached: string[]][] = [
  [
    'booking.created',
    [bookingCreated({ contractId, data: { booking } })],
    ['checkfront/Booking Modified', 'capdata/new_flight_reservation_from_extension'],
  ],
  [
    'booking.confirmed',
    [bookingConfirmed({ contractId, data: { booking }, previous: onHold })],
    [
      'octo/booking_update',
      'checkfront/Booking Modified',
      'checkfront/Booking Status Change',
      'capdata/flight_reservation_updated',
    ],
  ],
  [
    'booking.updated without another status',
    [bookingUpdated({ contractId, data: { booking: { ...booking, notes: 'late' } }, previous: { booking } })],
    ['octo/booking_update', 'checkfront/Booking Modified', 'capdata/flight_reservation_updated'],
  ],
  [
    'booking.cancelled',
    [
      bookingCancelled({
        contractId,
        data: { booking: { ...booking, status: 'CANCELLED' } },
        previous: { booking },
      }),
    ],
    [
      'octo/booking_update',
      'checkfront/Booking Modified',
      'checkfront/Booking Status Change',
      'capdata/flight_reservation_updated',
    ],
  ],
  [
    'booking.updated of a booking without flights',
    [bookingUpdated({ contractId, data: tour, previous: tour })],
    ['octo/booking_update', 'checkfront/Booking Modified'],
  ],
  ['order.updated', [orderUpdated({ contractId, data: { order: { id: 'O-1' } } })], ['octo/order_update']],
  [
    'payment.received, payment.refunded',
    [
      paymentReceived({ contractId, data: { payment: { id: 'P' } } }),
      paymentRefunded({ contractId, data: { payment: { id: 'P' } } }),
    ],
    ['checkfront/New Payment/Refund', 'checkfront/New Payment/Refund'],
  ],
  [
    'availability.updated',
    [availabilityUpdated({ contractId, data: { availability: { id: 'A' }, productId: 'P', optionId: 'D' } })],
    ['octo/availability_update', 'checkfront/Item Calendar Edit'],
  ],
  [
    'product.added / updated / removed',
    [productAdded, productUpdated, productRemoved].map((of) =>
      of({ contractId, data: { product: { id: 'P' } } }),
    ),
    [
      ...['octo/product_update', 'octo/product_update', 'octo/product_update'],
      ...['checkfront/Item Update', 'checkfront/Item Update', 'checkfront/Item Update'],
      ...['delay-care/Product Added', 'delay-care/Product Updated', 'delay-care/Product Removed'],
    ],
  ],
  [
    'rate.updated',
    [rateUpdated({ contractId, data: { rate: { id: 'R' } } })],
    ['checkfront/Item Event/Discount Edit'],
  ],
  [
    'flight.status_changed',
    [flightStatusChanged({ contractId, data: { flight: { number: 'IB123', status: 'DELAYED' } } })],
    ['delay-care/Flight Delay Status Change'],
  ],
];

describe('which host event reaches whom', () => {
  it.each(ROWS)('%s', async (_, events, reached) => {
    receiver.requests.length = 0;
    await host.webhooks.publish(events);
    await untilIdle(host.app);
    const arrived = receiver.requests.map(({ path }) => decodeURIComponent(path.slice(1)));
    expect(arrived.sort()).toEqual([...reached].sort());
  });
});

describe("OCTO's calls", () => {
  const api = () => request(host.app.getHttpServer() as Server);
  const capabilities = { 'octo-capabilities': 'octo/content' };
  const url = 'https://partner.example/hooks';
  const created = async () =>
    (
      await api()
        .post('/octo/webhooks')
        .set(capabilities)
        .send({ url, event: 'booking_update', contractId: 'C-2' })
    ).body;

  it('POST /octo/webhooks answers the webhook', async () => {
    expect(await created()).toMatchObject({
      event: 'booking_update',
      url,
      retryOnError: true,
      useContactLanguage: true,
      capabilities: ['octo/content'],
    });
  });

  it('GET /octo/webhooks answers an array', async () => {
    const { id } = await created();
    const { body } = await api().get('/octo/webhooks').set(capabilities).expect(200);
    expect(body).toContainEqual(expect.objectContaining({ id }));
  });

  it('GET /octo/webhooks/:id answers one', async () => {
    const webhook = await created();
    const { body } = await api().get(`/octo/webhooks/${webhook.id}`).set(capabilities).expect(200);
    expect(body).toEqual(webhook);
  });

  it('PATCH /octo/webhooks/:id changes what it names and takes the capabilities anew', async () => {
    const webhook = await created();
    const { body } = await api()
      .patch(`/octo/webhooks/${webhook.id}`)
      .set('octo-capabilities', 'octo/pricing')
      .send({ retryOnError: false })
      .expect(200);
    expect(body).toEqual({ ...webhook, retryOnError: false, capabilities: ['octo/pricing'] });
  });

  it('DELETE /octo/webhooks/:id answers that it is deleted', async () => {
    const { id } = await created();
    const { body } = await api().delete(`/octo/webhooks/${id}`).set(capabilities).expect(200);
    expect(body).toEqual({ success: true, message: 'Deleted successfully.' });
  });
});
