import { bookingUpdated, EventCatalog, Redelivery, WebhookDelivery } from 'nestjs-booking-webhooks';
import type { EventData } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { Host } from './setup/host.js';

const CONFIRMED = { id: 'B-1', status: 'CONFIRMED', productId: 'P-1' };
const CANCELLED = { ...CONFIRMED, status: 'CANCELLED' };

let host: Host;
let receiver: TestReceiver;

beforeAll(async () => {
  host = await Host.start({
    scheduler: 'in-process',
    catalog: {
      eventTypes: [
        { name: 'voucher.redeemed', label: 'Voucher redeemed', description: 'A voucher was used.' },
      ],
    },
  });
  receiver = await TestReceiver.start();
});
afterAll(async () => {
  await receiver.stop();
  await host.stop();
});
beforeEach(() => {
  receiver.requests.length = 0;
  contract = `C-${String((contracts += 1))}`;
});

let contract = '';
let contracts = 0;

function subscribe(path: string, fields: Record<string, unknown>) {
  return host.subscribe(`${receiver.url}/${path}`, { contractId: contract, ...fields });
}

async function update(booking: EventData, previous?: EventData): Promise<void> {
  const state = previous && { previous: { booking: previous } };
  await host.webhooks.publish(bookingUpdated({ contractId: contract, data: { booking }, ...state }));
}

async function received(): Promise<string[]> {
  await untilIdle(host.app);
  return receiver.requests.map(({ path }) => path.slice(1)).toSorted();
}

it('a status change reaches two webhooks that ask for one of Checkfront’s booking events each, and once one that asks for both', async () => {
  await subscribe('modified', { eventTypes: ['Booking Modified'] });
  await subscribe('status', { eventTypes: ['Booking Status Change'] });
  await subscribe('both', { eventTypes: ['Booking Modified', 'Booking Status Change', 'booking.*', '*'] });

  await update(CANCELLED, CONFIRMED);
  expect(await received()).toEqual(['both', 'modified', 'status']);
  expect(await host.dataSource.manager.countBy(WebhookDelivery, { contractId: contract })).toBe(3);
});

it('a change that leaves the status alone reaches nobody who asks for status changes', async () => {
  await subscribe('modified', { eventTypes: ['Booking Modified'] });
  await subscribe('status', { eventTypes: ['Booking Status Change'] });

  await update({ ...CONFIRMED, notes: 'window seat' }, CONFIRMED);
  expect(await received()).toEqual(['modified']);
});

it('the same event reaches every dialect that has a name for it', async () => {
  await subscribe('octo', { eventTypes: ['booking_update'] });
  await subscribe('notification', { eventTypes: ['BOOKING_UPDATE'] });
  await subscribe('capdata', { eventTypes: ['flight_reservation_updated'] });
  await subscribe('capdata-new', { eventTypes: ['new_flight_reservation_from_extension'] });
  await subscribe('delay-care', { eventTypes: ['Flight Delay Status Change', 'Product Updated'] });

  await update({ ...CONFIRMED, flights: [{ number: 'SP123' }] }, CONFIRMED);
  expect(await received()).toEqual(['capdata', 'notification', 'octo']);
});

it('filters let through what is about a product, in a status, or changed at a path', async () => {
  const eventTypes = ['booking.*'];
  await subscribe('product', { eventTypes, filters: { productIds: ['P-1', 'P-2'] } });
  await subscribe('other-product', { eventTypes, filters: { productIds: ['P-2'] } });
  await subscribe('status', { eventTypes, filters: { statuses: ['CANCELLED'] } });
  await subscribe('other-status', { eventTypes, filters: { statuses: ['CONFIRMED'] } });
  await subscribe('path', { eventTypes, filters: { changedPaths: ['/booking/status'] } });
  await subscribe('other-path', { eventTypes, filters: { changedPaths: ['/booking/contact'] } });

  await update(CANCELLED, CONFIRMED);
  expect(await received()).toEqual(['path', 'product', 'status']);
});

it('a changed filter decides for every event committed after the answer', async () => {
  const { id } = await subscribe('hook', { eventTypes: ['*'], filters: { productIds: ['P-2'] } });
  await update(CANCELLED);
  expect(await received()).toEqual([]);
  await host.registry.update(contract, id, { filters: null });
  await update(CANCELLED);
  expect(await received()).toEqual(['hook']);
});

it('a recovery brings by the same rule what was missed', async () => {
  const since = new Date();
  const { id } = await subscribe('status', {
    eventTypes: ['Booking Status Change'],
    filters: { productIds: ['P-1'] },
    status: 'inactive',
  });
  // More than are read at once, so that the one that matches comes in a later batch.
  for (let index = 0; index < 120; index += 1) await update({ ...CONFIRMED, index }, CONFIRMED);
  await update({ ...CANCELLED, productId: 'P-2' }, CONFIRMED);
  await update(CANCELLED, CONFIRMED);
  await untilIdle(host.app);
  await host.registry.activate(contract, id);

  const redelivery = host.app.get(Redelivery);
  expect(await redelivery.recover(contract, id, since)).toEqual({ recovered: 1 });
  expect(await received()).toEqual(['status']);
  expect(receiver.requests[0]?.body.toString()).toContain('"CANCELLED"');
  expect(await redelivery.recover(contract, id, since)).toEqual({ recovered: 0 });
});

it('a host’s own event type is published, asked for and delivered under its name', async () => {
  await subscribe('exact', { eventTypes: ['voucher.redeemed'] });
  await subscribe('prefix', { eventTypes: ['voucher.*'] });
  await subscribe('bookings', { eventTypes: ['booking.*'] });

  await host.webhooks.publish({
    type: 'voucher.redeemed',
    contractId: contract,
    data: { voucher: { id: 'V-1' } },
  });
  expect(await received()).toEqual(['exact', 'prefix']);
  expect(host.app.get(EventCatalog).isCanonical('voucher.redeemed')).toBe(true);
  await expect(subscribe('wrong', { eventTypes: ['voucher.redeemd'] })).rejects.toMatchObject({
    errors: [{ field: 'eventTypes', expected: expect.stringContaining("'voucher.redeemed'") }],
  });
});

it('a name of a dialect cannot be published', async () => {
  const event = { type: 'booking_update', contractId: contract, data: { booking: CANCELLED } };
  await expect(host.webhooks.publish(event)).rejects.toThrow(
    /no event type "booking_update".*nearest known ones are booking\.updated/,
  );
});
