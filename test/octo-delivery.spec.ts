import { zAvailability, zBooking, zProduct, zSupplier } from '@octocloud/types';
import {
  availabilityUpdated,
  bookingCancelled,
  bookingConfirmed,
  localized,
  orderUpdated,
  productUpdated,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import type { DomainEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { freshContract, RestHost } from './setup/rest-host.js';

const BOOKING = {
  id: 'B-1',
  uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
  status: 'CONFIRMED',
  productId: 'P-1',
  product: { id: 'P-1', title: localized({ en: 'Whale watching', es: 'Avistamiento de ballenas' }) },
  unitItems: [{ unitId: 'adult' }],
  pricing: { retail: 4500, currency: 'EUR' },
};
const NAMES = 'octo/pricing, octo/content';

let host: RestHost;
let receiver: TestReceiver;
let contract: string;

beforeAll(async () => {
  host = await RestHost.start({ platform: 'fastify' });
  receiver = await TestReceiver.start();
});
afterAll(async () => {
  await receiver.stop();
  await host.stop();
});
beforeEach(() => {
  contract = freshContract();
  receiver.requests.length = 0;
});

const post = async (path: string, body: object, capabilities = NAMES) =>
  (await host.as(contract).post(path).set('Octo-Capabilities', capabilities).send(body).expect(200)).body;
const publish = async (...events: DomainEvent[]) => {
  for (const event of events) await host.app.get(WebhooksService).publish(event);
  await untilIdle(host.app);
};
const received = () =>
  receiver.requests.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);

const EVENTS: [event: string, make: (contractId: string) => DomainEvent][] = [
  ['booking_update', (contractId) => bookingConfirmed({ contractId, data: { booking: BOOKING } })],
  [
    'availability_update',
    (contractId) =>
      availabilityUpdated({
        contractId,
        data: {
          availability: { id: '2030-01-15T09:00:00+01:00', vacancies: 3, pricing: BOOKING.pricing },
          productId: 'P-1',
          optionId: 'DEFAULT',
        },
      }),
  ],
  [
    'order_update',
    (contractId) => orderUpdated({ contractId, data: { order: { id: 'O-1', bookings: [BOOKING] } } }),
  ],
  ['product_update', (contractId) => productUpdated({ contractId, data: { product: BOOKING.product } })],
];

it.each(EVENTS)(
  '%s reaches the webhook that asks for it and no other, in OCTO’s models',
  async (event, make) => {
    const hooks = new Map<string, { id: string }>();
    for (const [name] of EVENTS) {
      const url = `${receiver.url}/${name}`;
      hooks.set(name, await post('/octo/webhooks', { url, event: name, headers: { 'X-Api-Key': 'k:1' } }));
    }
    await publish(make(contract));

    expect(receiver.requests.map(({ path }) => path)).toEqual([`/${event}`]);
    expect(receiver.requests[0]!.headers).toMatchObject({
      'content-type': 'application/json',
      'x-api-key': 'k:1',
    });
    const [body] = received();
    // An order is of octo/cart, asked for or not.
    const capabilities = [...NAMES.split(', '), ...(event === 'order_update' ? ['octo/cart'] : [])];
    expect(body!.webhook).toEqual({ ...hooks.get(event), capabilities });
    zSupplier.parse(body!.supplier);
    const { order } = body as { order?: { bookings: unknown[] } };
    for (const booking of order?.bookings ?? [body!.booking]) if (booking) zBooking.parse(booking);
    if (event === 'availability_update') zAvailability.parse(body!.availability);
    if (event === 'product_update') zProduct.parse(body!.product);
    expect(Object.keys(body!)).toEqual(
      event === 'availability_update'
        ? ['webhook', 'availability', 'productId', 'optionId', 'supplier']
        : ['webhook', event.split('_')[0], 'diff', 'supplier'],
    );
  },
);

it('a body is in the guest’s language, and in the module’s where the webhook does not want that', async () => {
  const hook = { url: receiver.url, event: 'booking_update' };
  await post('/octo/webhooks', hook);
  await post('/octo/webhooks', { ...hook, useContactLanguage: false });
  await publish(
    bookingConfirmed({ contractId: contract, data: { booking: BOOKING }, contactLocales: ['es'] }),
  );
  const titles = received().map(({ booking }) => (booking as typeof BOOKING).product.title);
  expect(titles.toSorted()).toEqual(['Avistamiento de ballenas', 'Whale watching']);
});

it('the capabilities of a patch decide the next body', async () => {
  const { id } = await post('/octo/webhooks', { url: receiver.url, event: 'booking_update' });
  const confirmed = bookingConfirmed({ contractId: contract, data: { booking: BOOKING } });
  await publish(confirmed);
  await host.as(contract).patch(`/octo/webhooks/${id}`).set('Octo-Capabilities', '').send({}).expect(200);
  await publish(confirmed);
  const priced = received().map(({ booking }) => 'pricing' in (booking as object));
  expect(priced).toEqual([true, false]);
});

it('a cancellation shows in the diff', async () => {
  await post('/octo/webhooks', { url: receiver.url, event: 'booking_update' });
  const cancelled = { ...BOOKING, status: 'CANCELLED' };
  const data = { data: { booking: cancelled }, previous: { booking: BOOKING } };
  await publish(bookingCancelled({ contractId: contract, ...data }));
  expect(received()[0]!.diff).toContainEqual({
    op: 'replace',
    path: '/status',
    was: 'CONFIRMED',
    value: 'CANCELLED',
  });
});

it('a subscription gets thin bodies of its types, and none of another contract’s', async () => {
  const url = `${receiver.url}/thin`;
  const { id } = await post('/octo/notifications/subscriptions', {
    url,
    notificationTypes: ['BOOKING_UPDATE', 'AVAILABILITY_UPDATE'],
  });
  await publish(
    ...EVENTS.map(([, make]) => make(contract)),
    ...EVENTS.map(([, make]) => make(freshContract())),
  );
  const bodies = received();
  expect(bodies.map(({ notificationType, data }) => ({ notificationType, data }))).toEqual(
    expect.arrayContaining([
      { notificationType: 'BOOKING_UPDATE', data: { uuid: BOOKING.uuid } },
      {
        notificationType: 'AVAILABILITY_UPDATE',
        data: { productId: 'P-1', localDateStart: '2030-01-15', localDateEnd: '2030-01-15' },
      },
    ]),
  );
  expect(bodies).toHaveLength(2);
  for (const body of bodies) {
    expect(Object.keys(body)).toEqual(['id', 'subscriptionId', 'notificationType', 'utcCreatedAt', 'data']);
    expect(body.subscriptionId).toBe(id);
  }
});

it('what a receiver fails at is tried again, or not with retryOnError false', async () => {
  receiver.answer(({ path }, index) => ({ status: path === '/once' || index < 2 ? 500 : 200 }));
  const hook = { event: 'product_update' };
  await post('/octo/webhooks', { ...hook, url: `${receiver.url}/again` });
  await post('/octo/webhooks', { ...hook, url: `${receiver.url}/once`, retryOnError: false });
  await publish(productUpdated({ contractId: contract, data: { product: BOOKING.product } }));
  const paths = receiver.requests.map(({ path }) => path).toSorted();
  expect(paths.filter((path) => path === '/once')).toHaveLength(1);
  expect(paths.filter((path) => path === '/again').length).toBeGreaterThan(1);
});
