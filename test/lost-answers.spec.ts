import {
  ALL_CONTRACTS,
  Redelivery,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookLifecycle,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import type { DataSource } from 'typeorm';

import { cancelled, Host } from './setup/host.js';
import { until } from './setup/until.js';

let host: Host | undefined;
let receiver: TestReceiver;

beforeEach(async () => {
  receiver = await TestReceiver.start();
});

afterEach(async () => {
  await host?.stop();
  await receiver.stop();
});

/** The connection goes between the commit of the next record and its answer. */
function loseNextAnswer(dataSource: DataSource): void {
  const query = dataSource.query.bind(dataSource);
  const lost = jest.spyOn(dataSource, 'query');
  lost.mockImplementation(async (sql: string, ...others: unknown[]) => {
    const answer: unknown = await query(sql, ...(others as []));
    if (!sql.includes('INSERT INTO webhook_attempt')) return answer;
    lost.mockRestore();
    throw new Error('Connection terminated unexpectedly');
  });
}

it('a record that was committed before its answer was lost counts, and its lane goes on', async () => {
  host = await Host.start();
  await host.subscribe(receiver.url);
  loseNextAnswer(host.dataSource);
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  await host.webhooks.publish(cancelled('B-2'));
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(2);
  expect(await host.dataSource.manager.countBy(WebhookDelivery, { status: 'succeeded' })).toBe(2);
  expect(await host.dataSource.manager.count(WebhookAttempt)).toBe(2);
});

it('a 410 whose record lost its answer disables the webhook all the same', async () => {
  host = await Host.start();
  const { id } = await host.subscribe(receiver.url);
  receiver.answer(() => ({ status: 410 }));
  loseNextAnswer(host.dataSource);
  await host.webhooks.publish(cancelled('B-1'));
  const { manager } = host.dataSource;
  await until(
    'it is disabled',
    async () => (await manager.countBy(Webhook, { id, status: 'disabled' })) === 1,
  );
  expect(receiver.requests).toHaveLength(1);
});

it('a redelivery that is asked for while the last record is being written is sent', async () => {
  host = await Host.start({ retryDelaysMs: [3_600_000] });
  const { dataSource } = host;
  await host.subscribe(receiver.url);
  receiver.answer(() => ({ status: 500 }));
  await host.webhooks.publish(cancelled('B-1'));
  const waiting = { status: 'pending', attemptCount: 1 } as const;
  await until(
    'it waits for its retry',
    async () => (await dataSource.manager.countBy(WebhookDelivery, waiting)) === 1,
  );
  const { id } = await dataSource.manager.findOneByOrFail(WebhookDelivery, {});
  receiver.answer(() => ({ status: 200 }));

  const recorder = dataSource.createQueryRunner();
  await recorder.startTransaction();
  await recorder.query(`UPDATE webhook_delivery SET status = 'exhausted', due_at = NULL WHERE id = $1`, [id]);
  const asked = host.app.get(Redelivery).redeliver(ALL_CONTRACTS, id);
  await until('the redelivery waits for the record', async () => {
    const blocked: unknown[] = await dataSource.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return blocked.length === 1;
  });
  await recorder.commitTransaction();
  await recorder.release();
  await asked;
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(2);
  expect(await dataSource.manager.countBy(WebhookDelivery, { status: 'succeeded' })).toBe(1);
});

it('a delivery that is asked for again during its last attempt is not exhausted, and disables nothing', async () => {
  host = await Host.start({ retryDelaysMs: [1] });
  const { app, dataSource } = host;
  const told: string[] = [];
  app.get(WebhookLifecycle).subscribe(({ type }) => told.push(type));
  const { id } = await host.subscribe(receiver.url);
  receiver.answer(async () => {
    if (receiver.requests.length === 1) return { status: 500 };
    if (receiver.requests.length > 2) return { status: 200 };
    const delivery = await dataSource.manager.findOneByOrFail(WebhookDelivery, {});
    await app.get(Redelivery).redeliver(ALL_CONTRACTS, delivery.id);
    return { status: 500 };
  });
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(app);
  expect(receiver.requests).toHaveLength(3);
  expect(await dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({ status: 'active' });
  expect(told).not.toContain('delivery.exhausted');
  expect(told).not.toContain('webhook.disabled');
});
