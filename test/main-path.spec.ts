import { EventEmitter2 } from '@nestjs/event-emitter';
import { WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { Webhook as StandardWebhook } from 'standardwebhooks';

import { cancelled, Host } from './setup/host.js';
import { until } from './setup/until.js';

describe.each(['bull', 'in-process'] as const)('with %s lanes', (scheduler) => {
  let host: Host;
  let receiver: TestReceiver;

  beforeEach(async () => {
    host = await Host.start({ scheduler });
    receiver = await TestReceiver.start();
  });

  afterEach(async () => {
    await receiver.stop();
    await host.stop();
  });

  it('an event that commits with the booking reaches the webhook, signed', async () => {
    const { secret } = await host.subscribe(receiver.url);

    const [published] = await host.dataSource.transaction((manager) =>
      host.webhooks.publish(cancelled('B-1'), { manager }),
    );
    await untilIdle(host.app);

    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request?.headers['webhook-id']).toBe(published?.id);
    const verified = new StandardWebhook(secret).verify(
      request?.body ?? '',
      request?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({
      type: 'booking.cancelled',
      data: { booking: { id: 'B-1', status: 'CANCELLED' } },
    });
  });

  it('a rolled-back booking sends nothing', async () => {
    await host.subscribe(receiver.url);
    const rollback = host.dataSource.transaction(async (manager) => {
      await host.webhooks.publish(cancelled('B-1'), { manager });
      throw new Error('the booking fails');
    });
    await expect(rollback).rejects.toThrow('the booking fails');

    await host.webhooks.publish(cancelled('B-2'));
    await untilIdle(host.app);

    expect(receiver.requests.map(({ body }) => body.toString())).toEqual([expect.stringContaining('B-2')]);
  });

  it('what a savepoint rolls back is not sent, what surrounds it is', async () => {
    await host.subscribe(receiver.url);
    await host.dataSource.transaction(async (manager) => {
      await host.webhooks.publish(cancelled('kept'), { manager });
      await manager
        .transaction(async (nested) => {
          await host.webhooks.publish(cancelled('undone'), { manager: nested });
          throw new Error('only this part');
        })
        .catch(() => undefined);
    });
    await untilIdle(host.app);

    expect(receiver.requests.map(({ body }) => body.toString())).toEqual([expect.stringContaining('kept')]);
  });

  it('a failed attempt is tried again until it succeeds, under the same id', async () => {
    await host.subscribe(receiver.url);
    receiver.answer((_, index) => ({ status: index < 2 ? 500 : 200 }));

    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);

    expect(receiver.requests).toHaveLength(3);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [delivery] = await host.dataSource.manager.find(WebhookDelivery);
    expect(delivery).toMatchObject({
      status: 'succeeded',
      attemptCount: 3,
      lastError: null,
      lastStatusCode: 200,
    });
  });

  it('what the host emits is published, and what it changes afterwards is not', async () => {
    await host.subscribe(receiver.url);
    const event = cancelled('B-1');
    host.app.get(EventEmitter2).emit('booking.cancelled', event);
    event.data.booking = { id: 'changed later' };

    await until('the request arrived', () => receiver.requests.length === 1);
    await untilIdle(host.app);
    expect(receiver.requests[0]?.body.toString()).toContain('"id":"B-1"');
  });

  it('the same event key published twice for a contract is one event', async () => {
    await host.subscribe(receiver.url);
    const [first] = await host.webhooks.publish(cancelled('B-1', { eventKey: 'k' }));
    const [second] = await host.webhooks.publish(cancelled('B-1', { eventKey: 'k' }));
    const [elsewhere] = await host.webhooks.publish(cancelled('B-1', { eventKey: 'k', contractId: 'C-2' }));
    await untilIdle(host.app);

    expect(second).toEqual({ id: first?.id, duplicate: true });
    expect(elsewhere?.duplicate).toBe(false);
    expect(receiver.requests).toHaveLength(1);
    expect(await host.dataSource.manager.count(WebhookEvent)).toBe(2);
  });

  it('an event reaches a webhook once, however many of its event types match', async () => {
    await host.subscribe(receiver.url, { eventTypes: ['*', 'booking.*', 'booking.cancelled'] });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(1);
  });

  it('a contract is told nothing of another one', async () => {
    await host.subscribe(receiver.url, { contractId: 'C-2' });
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2', { contractId: 'C-2' })]);
    await untilIdle(host.app);
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual([expect.stringContaining('B-2')]);
  });
});
