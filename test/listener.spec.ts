import type { LoggerService } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { DomainEventMapping } from 'nestjs-booking-webhooks';
import { bookingUpdated, EVENT_TYPES, flightStatusChanged, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host, sharedServices } from './setup/host.js';
import { rowsOf } from './setup/rows.js';
import { until } from './setup/until.js';

const NAMES = EVENT_TYPES.map(({ name }) => name);

let host: Host;
let errors: string[];

async function start(events?: DomainEventMapping): Promise<void> {
  host = await Host.start({ scheduler: 'in-process', ...(events && { events }) });
  errors = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: () => undefined,
    error: (message: unknown) => errors.push(String(message)),
  };
  host.app.useLogger(logger);
}

afterEach(() => host.stop());

const emitter = () => host.app.get(EventEmitter2);

/** The stored events' types and data, oldest first, once there are so many. */
async function stored(count: number): Promise<{ type: string; data: unknown }[]> {
  await until(`${count} events were stored`, async () => {
    return (await host.dataSource.manager.count(WebhookEvent)) >= count;
  });
  const events = await host.dataSource.manager.find(WebhookEvent, { order: { id: 'ASC' } });
  return events.map(({ type, data }) => ({ type, data: JSON.parse(data) as unknown }));
}

describe('without a mapping', () => {
  beforeEach(() => start());

  it.each(NAMES)('what is emitted as %s is published as that', async (name) => {
    emitter().emit(name, { contractId: 'C-1', data: { of: name } });
    expect(await stored(1)).toEqual([{ type: name, data: { of: name } }]);
  });

  it('the name it is emitted under says what it is, whatever the payload says', async () => {
    emitter().emit('booking.confirmed', cancelled('B-1'));
    expect(await stored(1)).toMatchObject([{ type: 'booking.confirmed' }]);
  });

  it('it reaches the partner, on an emitter with wildcards off', async () => {
    const receiver = await TestReceiver.start();
    await host.subscribe(receiver.url);
    emitter().emit('booking.cancelled', cancelled('B-1'));
    await stored(1);
    await untilIdle(host.app);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual([expect.stringContaining('"B-1"')]);
    await receiver.stop();
  });

  it('other events of the host are none of its business', async () => {
    emitter().emit('booking.exported', cancelled('B-1'));
    emitter().emit('booking.*', cancelled('B-2'));
    emitter().emit('booking.cancelled', cancelled('B-3'));
    expect(await stored(1)).toMatchObject([{ data: { booking: { id: 'B-3' } } }]);
    expect(errors).toEqual([]);
  });

  it('unlike publish with a manager, what is emitted in a transaction that rolls back is published all the same', async () => {
    const rollback = host.dataSource.transaction(async (manager) => {
      await manager.query('SELECT 1');
      emitter().emit('booking.cancelled', cancelled('emitted'));
      await host.webhooks.publish(cancelled('published'), { manager });
      throw new Error('the booking fails');
    });
    await expect(rollback).rejects.toThrow('the booking fails');
    expect(await stored(1)).toMatchObject([{ data: { booking: { id: 'emitted' } } }]);
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'contractId'],
    ['null', null, 'contractId'],
    ['a text', 'B-1', 'contractId'],
    ['without a contract', { data: {} }, 'contractId'],
    ['without data', { contractId: 'C-1' }, 'data'],
    ['with data that is no JSON', { contractId: 'C-1', data: { amount: 1n } }, 'data'],
  ])('a payload that is %s is logged, and the emit does not notice', async (_, payload, field) => {
    expect(emitter().emit('booking.cancelled', payload)).toBe(true);
    await expect(emitter().emitAsync('booking.cancelled', payload)).resolves.toBeDefined();
    await until('both were logged', () => errors.length === 2);

    for (const error of errors) {
      expect(error).toContain("'booking.cancelled' was not published");
      expect(error).toContain(field);
    }
    expect(await host.dataSource.manager.count(WebhookEvent)).toBe(0);
  });

  it('a log line about a refused payload holds nothing of the guest', async () => {
    emitter().emit('booking.cancelled', {
      contractId: '',
      data: { booking: { contact: { emailAddress: 'guest@example.com' } } },
    });
    await until('it was logged', () => errors.length === 1);
    expect(errors[0]).not.toContain('guest');
  });

  it('a database that refuses the event is logged, and the emit does not notice', async () => {
    await host.dataSource.query('ALTER TABLE webhook_event RENAME TO away');
    expect(emitter().emit('booking.cancelled', cancelled('B-1'))).toBe(true);
    await until('it was logged', () => errors.some((error) => error.includes('was not published')));
    await host.dataSource.query('ALTER TABLE away RENAME TO webhook_event');
  });
});

describe('with a mapping', () => {
  beforeEach(() =>
    start({
      'tour.moved': ({ tour, partner }: { tour: string; partner: string }) =>
        bookingUpdated({ contractId: partner, data: { booking: { tour } } }),
      'flight.late': ({ partners }: { partners: string[] }) =>
        partners.map((contractId) => flightStatusChanged({ contractId, data: { flight: {} } })),
      'tour.internal': () => undefined,
      'tour.broken': ({ stops }: { stops: string[] }) =>
        bookingUpdated({ contractId: 'C-1', data: { booking: { first: stops[0] } } }),
      'tour.misnamed': () => ({ type: 'tour.moved', contractId: 'C-1', data: {} }),
    }),
  );

  it("the host's own names and shapes become events", async () => {
    emitter().emit('tour.moved', { tour: 'T-1', partner: 'C-7' });
    expect(await stored(1)).toEqual([{ type: 'booking.updated', data: { booking: { tour: 'T-1' } } }]);
    const [event] = await host.dataSource.manager.find(WebhookEvent);
    expect(event?.contractId).toBe('C-7');
  });

  it('a mapper that returns a list publishes each of it, one that returns nothing publishes nothing', async () => {
    emitter().emit('tour.internal', {});
    emitter().emit('flight.late', { partners: [] });
    emitter().emit('flight.late', { partners: ['C-1', 'C-2'] });
    expect(await stored(2)).toHaveLength(2);
    const events = await host.dataSource.manager.find(WebhookEvent, { order: { id: 'ASC' } });
    expect(events.map(({ contractId }) => contractId)).toEqual(['C-1', 'C-2']);
    expect(errors).toEqual([]);
  });

  it('canonical names that it does not list are not listened to', async () => {
    expect(emitter().emit('booking.cancelled', cancelled('B-1'))).toBe(false);
    emitter().emit('tour.moved', { tour: 'T-1', partner: 'C-1' });
    expect(await stored(1)).toMatchObject([{ type: 'booking.updated' }]);
  });

  it('a mapper that throws is logged, and neither emit nor the next event notices', async () => {
    expect(emitter().emit('tour.broken', {})).toBe(true);
    await expect(emitter().emitAsync('tour.broken', {})).resolves.toBeDefined();
    await until('both were logged', () => errors.length === 2);
    expect(errors[0]).toContain("'tour.broken' was not published");

    emitter().emit('tour.moved', { tour: 'T-1', partner: 'C-1' });
    expect(await stored(1)).toHaveLength(1);
  });

  it('a mapper that names no known event type is logged with the nearest ones', async () => {
    emitter().emit('tour.misnamed', {});
    await until('it was logged', () => errors.length === 1);
    expect(errors[0]).toContain("'tour.misnamed' was not published");
    expect(errors[0]).toContain('nearest');
  });
});

it('events emitted right before the application closes are stored, one emitted afterwards is not heard', async () => {
  const shared = await sharedServices();
  host = await Host.start({ scheduler: 'in-process', shared, worker: false });
  const emitterOfHost = emitter();
  // Many more than the data source has connections: most of them wait for one as the application closes.
  const emitted = Array.from({ length: 300 }, (_, number) => `B-${number}`);
  for (const id of emitted) emitterOfHost.emit('booking.cancelled', cancelled(id));
  await host.app.close();

  expect(emitterOfHost.emit('booking.cancelled', cancelled('too late'))).toBe(false);
  const rows = await rowsOf<{ id: string }>(
    shared.database.url,
    `SELECT data::json -> 'booking' ->> 'id' AS id FROM webhook_event`,
  );
  expect(rows.map(({ id }) => id).sort()).toEqual(emitted.sort());
  await shared.database.drop();
});
