import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import type { LifecycleEvent } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookLifecycle,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { HostOptions } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

let host: Host;
let receivers: TestReceiver[];

async function start(options: HostOptions = {}): Promise<void> {
  host = await Host.start(options);
}

async function receiver(...answering: Parameters<typeof TestReceiver.start>): Promise<TestReceiver> {
  const started = await TestReceiver.start(...answering);
  receivers.push(started);
  return started;
}

function bookings(count: number) {
  return Array.from({ length: count }, (_, number) => cancelled(`B-${number}`));
}

function statuses(): Promise<{ status: string; count: number }[]> {
  return host.dataSource.query(
    'SELECT status, COUNT(*)::int AS count FROM webhook_delivery GROUP BY status ORDER BY status',
  );
}

function heard(): LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  host.app.get(WebhookLifecycle).subscribe((event) => events.push(event));
  return events;
}

async function health(webhookId: string) {
  return (await host.registry.get(ALL_CONTRACTS, webhookId)).health;
}

beforeEach(() => {
  receivers = [];
});

afterEach(async () => {
  await Promise.all(receivers.map((one) => one.stop()));
  await host.stop();
});

describe('a receiver', () => {
  it('that takes its time gets as many requests at once as its webhook allows, and never more', async () => {
    await start();
    let inFlight = 0;
    let most = 0;
    const busy = await receiver(async () => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 150));
      inFlight -= 1;
      return { status: 200 };
    });
    await host.subscribe(busy.url, { maxInFlight: 3 });
    await host.webhooks.publish(bookings(30));
    await untilIdle(host.app);
    expect(busy.requests).toHaveLength(30);
    expect(most).toBe(3);
  });

  it('that hangs occupies one lane, and the others get everything meanwhile', async () => {
    await start({ concurrency: 2, deadlineMs: 10_000 });
    const hanging = await receiver(() => 'hang');
    const healthy = await receiver();
    await host.subscribe(hanging.url);
    for (let count = 0; count < 5; count += 1) await host.subscribe(healthy.url);

    await host.webhooks.publish(bookings(40));
    await until('the healthy receivers have everything', () => healthy.requests.length === 200);
    // The hanging requests are still within their deadline: nothing of the hanging lane has ended.
    expect(await host.dataSource.manager.count(WebhookAttempt, { where: { error: 'timeout' } })).toBe(0);
    hanging.answer(() => ({ status: 200 }));
    await hanging.stop();
  });

  it('with a long backlog takes turns with the others', async () => {
    await start({ concurrency: 1, sliceSize: 10 });
    const order: string[] = [];
    const large = await receiver(() => (order.push('large'), { status: 200 }));
    const small = await receiver(() => (order.push('small'), { status: 200 }));
    await host.subscribe(large.url, { eventTypes: ['booking.cancelled'] });
    await host.subscribe(small.url, { contractId: 'C-2' });

    await host.webhooks.publish([...bookings(100), cancelled('B', { contractId: 'C-2' })]);
    await untilIdle(host.app);
    expect(order.indexOf('small')).toBeGreaterThanOrEqual(0);
    expect(order.indexOf('small')).toBeLessThan(30);
    expect(order.filter((name) => name === 'large')).toHaveLength(100);
  });
});

describe('the breaker', () => {
  it('pauses a failing lane and wakes it with a single probe', async () => {
    const retryDelaysMs = Array.from({ length: 30 }, () => 1);
    await start({ pauseAfterFailures: 5, retryDelaysMs, pauseMs: 300, maxPauseMs: 300 });
    let inFlight = 0;
    const atOnce: number[] = [];
    const failing = await receiver(async () => {
      atOnce.push(++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inFlight -= 1;
      return { status: 500 };
    });
    const { id } = await host.subscribe(failing.url, { maxInFlight: 5 });
    await host.webhooks.publish(bookings(50));

    await until('the lane has paused', async () => (await health(id)).pausedUntil !== null);
    const beforePause = failing.requests.length;
    expect(beforePause).toBeLessThanOrEqual(5 + 4);
    await until('three probes have failed', async () => (await probes()) >= 3);
    expect(atOnce.slice(beforePause, beforePause + 3)).toEqual([1, 1, 1]);

    failing.answer(() => ({ status: 200 }));
    await untilIdle(host.app);
    expect(await statuses()).toEqual([{ status: 'succeeded', count: 50 }]);
    expect(await health(id)).toEqual({ failingSince: null, consecutiveFailures: 0, pausedUntil: null });
  });

  it('does not let every new event wake a paused lane', async () => {
    await start({ pauseAfterFailures: 1, retryDelaysMs: [60_000], pauseMs: 60_000, maxPauseMs: 60_000 });
    const failing = await receiver(() => ({ status: 500 }));
    const { id } = await host.subscribe(failing.url);
    await host.webhooks.publish(cancelled('first'));
    await until('the lane has paused', async () => (await health(id)).pausedUntil !== null);

    // Of turns that start: the one that has paused the lane may not have ended yet.
    const turns: unknown[] = [];
    host.app.get<Queue>(getQueueToken('webhooks')).on('active', (job) => turns.push(job.id));
    const awake = await receiver();
    const other = await host.subscribe(awake.url);
    for (let number = 0; number < 20; number += 1) await host.webhooks.publish(cancelled(`B-${number}`));
    await until('the other lane has everything', () => awake.requests.length === 20);

    expect(failing.requests).toHaveLength(1);
    expect(turns).toContain(other.id);
    expect(turns).not.toContain(id);
  });

  it('tells the host of the pause and of the recovery', async () => {
    await start({ pauseAfterFailures: 2, retryDelaysMs: [1, 1, 1, 1, 1] });
    const events = heard();
    const failing = await receiver((_, index) => ({ status: index < 3 ? 503 : 200 }));
    const { id } = await host.subscribe(failing.url);
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(events.map(({ type, webhookId }) => ({ type, webhookId }))).toEqual([
      { type: 'webhook.created', webhookId: id },
      { type: 'webhook.paused', webhookId: id },
      { type: 'webhook.paused', webhookId: id },
      { type: 'webhook.resumed', webhookId: id },
    ]);
  });

  function probes(): Promise<number> {
    return host.dataSource.manager.count(WebhookAttempt, { where: { kind: 'probe' } });
  }
});

describe('what a receiver answers', () => {
  it('Retry-After pauses the whole lane for as long as it says', async () => {
    await start({ retryDelaysMs: [1, 1, 1] });
    const busy = await receiver((_, index) =>
      index === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 },
    );
    await host.subscribe(busy.url, { maxInFlight: 1 });
    await host.webhooks.publish(bookings(3));
    await untilIdle(host.app);
    const [first, second] = busy.requests;
    expect(busy.requests).toHaveLength(4);
    expect((second?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('410 disables the webhook, holds what is pending and tells the host', async () => {
    await start();
    const events = heard();
    const gone = await receiver(() => ({ status: 410 }));
    const { id } = await host.subscribe(gone.url, { maxInFlight: 1 });
    await host.webhooks.publish(bookings(5));
    await untilIdle(host.app);

    expect(gone.requests).toHaveLength(1);
    expect(await statuses()).toEqual([
      { status: 'exhausted', count: 1 },
      { status: 'held', count: 4 },
    ]);
    const webhook = await host.dataSource.manager.findOneByOrFail(Webhook, { id });
    expect(webhook).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'webhook.disabled',
        webhookId: id,
        contractId: 'C-1',
        reason: 'gone',
        held: 4,
      }),
    );
    await host.webhooks.publish(cancelled('later'));
    await untilIdle(host.app);
    expect(gone.requests).toHaveLength(1);
  });

  it('a spent budget with nothing but failures disables the webhook', async () => {
    await start({ pauseAfterFailures: 100, retryDelaysMs: [1, 1] });
    const failing = await receiver(() => ({ status: 500 }));
    const { id } = await host.subscribe(failing.url, { maxInFlight: 1 });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(failing.requests).toHaveLength(3);
    expect(await host.dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({
      status: 'disabled',
      disabledReason: 'exhausted',
    });
  });

  it('a spent budget keeps the webhook when another delivery succeeded in between', async () => {
    await start({ pauseAfterFailures: 100, retryDelaysMs: [100, 100] });
    const picky = await receiver(({ body }) => ({ status: body.includes('poison') ? 500 : 200 }));
    const { id } = await host.subscribe(picky.url);
    await host.webhooks.publish(cancelled('poison'));
    await until('the first attempt has failed', () => picky.requests.length === 1);
    await host.webhooks.publish(cancelled('fine'));
    await untilIdle(host.app);
    expect(await host.dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({
      status: 'active',
    });
    expect(await statuses()).toEqual([
      { status: 'exhausted', count: 1 },
      { status: 'succeeded', count: 1 },
    ]);
  });

  it('a webhook without retries gets one attempt and stays', async () => {
    await start();
    const failing = await receiver(() => ({ status: 500 }));
    const { id } = await host.subscribe(failing.url, { retryOnError: false });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(failing.requests).toHaveLength(1);
    expect(await host.dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({
      status: 'active',
    });
  });
});

describe('the lease', () => {
  it('fences a worker that lost its lane: its late result is not recorded', async () => {
    await start({ sweepIntervalMs: 3_600_000 });
    let answer: () => void = () => undefined;
    const slow = await receiver(async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return { status: 200 };
    });
    const { id } = await host.subscribe(slow.url);
    await host.webhooks.publish(cancelled('B-1'));
    await until('the request is under way', () => slow.requests.length === 1);

    await host.dataSource.query('UPDATE webhook_lane SET lease_token = $2 WHERE webhook_id = $1', [
      id,
      'another worker',
    ]);
    answer();
    await until('the turn has ended', async () => (await waitingJobs()) === 0);
    const [delivery] = await host.dataSource.manager.find(WebhookDelivery);
    expect(delivery).toMatchObject({ status: 'pending', attemptCount: 0 });
    expect(await host.dataSource.manager.count(WebhookAttempt)).toBe(0);
    await host.dataSource.query('DELETE FROM webhook_delivery');
  });

  it('keeps a lane to one worker even where nothing else does: each event is sent once', async () => {
    const shared = await sharedServices();
    // Two in-process schedulers know nothing of each other, and both sweep all the time.
    await start({ shared, scheduler: 'in-process', sweepIntervalMs: 10 });
    const second = await Host.start({ shared, scheduler: 'in-process', sweepIntervalMs: 10 });
    const one = await receiver();
    await host.subscribe(one.url);
    for (let round = 0; round < 20; round += 1) await host.webhooks.publish(bookings(10));
    await untilIdle(host.app);
    expect(one.requests).toHaveLength(200);
    expect(new Set(one.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(200);
    await second.stop();
  });

  it('of a dead worker ends by itself, and its lane is worked again', async () => {
    await start({ sliceMs: 1, deadlineMs: 100 });
    const one = await receiver();
    const { id } = await host.subscribe(one.url);
    await host.dataSource.query(
      'UPDATE webhook_lane SET lease_token = $2, lease_until = $3 WHERE webhook_id = $1',
      [id, 'a dead worker', Date.now() + 1_500],
    );
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(one.requests).toHaveLength(1);
  });

  async function waitingJobs(): Promise<number> {
    const { active, waiting } = await host.app.get<Queue>(getQueueToken('webhooks')).getJobCounts();
    return active + waiting;
  }
});

it('what a turn finds out about the old URL is not held against the new one', async () => {
  await start({ pauseAfterFailures: 1, pauseMs: 60_000, maxPauseMs: 60_000, retryDelaysMs: [1, 1] });
  const [old, fresh] = [await receiver(), await receiver()];
  const { id } = await host.subscribe(old.url, { maxInFlight: 1 });
  old.answer(async () => {
    await host.registry.update(ALL_CONTRACTS, id, { url: fresh.url });
    return { status: 500 };
  });
  await host.webhooks.publish(cancelled('B-1'));
  await until('the new receiver has it', () => fresh.requests.length === 1);
  await untilIdle(host.app);
  expect(await health(id)).toEqual({ failingSince: null, consecutiveFailures: 0, pausedUntil: null });
});

it('a reset that commits while a turn ends is not written over', async () => {
  await start({ pauseAfterFailures: 1, pauseMs: 60_000, maxPauseMs: 60_000, retryDelaysMs: [60_000] });
  let answer: () => void = () => undefined;
  const answering = new Promise<void>((resolve) => (answer = resolve));
  const failing = await receiver(() => answering.then(() => ({ status: 500 })));
  const { id } = await host.subscribe(failing.url);
  await host.webhooks.publish(cancelled('B-1'));
  await until('the request is there', () => failing.requests.length === 1);

  const reset = host.dataSource.createQueryRunner();
  await reset.startTransaction();
  await reset.query('UPDATE webhook SET change_seq = change_seq + 1 WHERE id = $1', [id]);
  await reset.query('UPDATE webhook_lane SET consecutive_failures = 0 WHERE webhook_id = $1', [id]);
  answer();
  await until('the end of the turn waits for the reset', async () => {
    const blocked: unknown[] = await host.dataSource.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return blocked.length === 1;
  });
  await reset.commitTransaction();
  await reset.release();
  await until('the lane is given back', async () => {
    const held: unknown[] = await host.dataSource.query(
      'SELECT 1 FROM webhook_lane WHERE lease_token IS NOT NULL',
    );
    return held.length === 0;
  });
  expect(await health(id)).toEqual({ failingSince: null, consecutiveFailures: 0, pausedUntil: null });
});

it('410 from the old URL does not disable the webhook at its new one', async () => {
  await start();
  const [old, fresh] = [await receiver(), await receiver()];
  const { id } = await host.subscribe(old.url, { maxInFlight: 1 });
  old.answer(async () => {
    await host.registry.update(ALL_CONTRACTS, id, { url: fresh.url });
    return { status: 410 };
  });
  await host.webhooks.publish(bookings(2));
  await untilIdle(host.app);
  expect(await host.dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({ status: 'active' });
  expect([old.requests.length, fresh.requests.length]).toEqual([1, 1]);
});

it.each(['bull', 'in-process'] as const)(
  'a lane whose turn fails waits before the next one (%s)',
  async (scheduler) => {
    await start({ scheduler, sweepIntervalMs: 3_600_000 });
    const [failing, healthy] = [await receiver(), await receiver()];
    const { id } = await host.subscribe(failing.url);
    await host.subscribe(healthy.url, { contractId: 'C-2' });
    const refusals = await refuse('UPDATE ON webhook_lane', `NEW.webhook_id = '${id}'`);
    await host.webhooks.publish(cancelled('B-1'));
    await until('a turn has failed', async () => (await refusals()) > 0);

    for (let number = 0; number < 30; number += 1) {
      await host.webhooks.publish(cancelled(`B-${number}`, { contractId: 'C-2' }));
      await until(`event ${number} arrived`, () => healthy.requests.length === number + 1);
    }
    expect(await refusals()).toBe(1);
    await host.dataSource.query('DROP TRIGGER refuse ON webhook_lane');
  },
);

/** Makes the database refuse such rows, as it does when its disk is full. @returns how often it has */
async function refuse(what: string, when: string): Promise<() => Promise<number>> {
  // A sequence, because it is the one thing that a statement which fails can count by.
  await host.dataSource.query('CREATE SEQUENCE refusal MINVALUE 0');
  await host.dataSource.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM nextval('refusal'); RAISE EXCEPTION 'no space left on device'; END $$`);
  await host.dataSource.query(
    `CREATE TRIGGER refuse BEFORE ${what} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION refuse()`,
  );
  return async () => {
    const [row] = await host.dataSource.query<{ count: string }[]>(
      'SELECT last_value + is_called::int AS count FROM refusal',
    );
    return Number(row?.count);
  };
}

it('a lane reads its webhook anew for every slice: what is switched off meanwhile is not sent', async () => {
  await start({ sliceSize: 5 });
  const one = await receiver(async (_, index) => {
    if (index === 0) await host.registry.deactivate(ALL_CONTRACTS, webhookId);
    return { status: 200 };
  });
  const { id: webhookId } = await host.subscribe(one.url, { maxInFlight: 1 });
  await host.webhooks.publish(bookings(50));
  await untilIdle(host.app);
  expect(one.requests.length).toBeLessThanOrEqual(5);
  const byStatus = Object.fromEntries((await statuses()).map(({ status, count }) => [status, count]));
  expect(byStatus).toEqual({ succeeded: one.requests.length, cancelled: 50 - one.requests.length });
});

it('the owner and the lane cancel the same backlog without locking each other out', async () => {
  const shared = await sharedServices();
  await start({ shared, scheduler: 'in-process', worker: false });
  const worker = await Host.start({ shared, scheduler: 'in-process', sweepIntervalMs: 10 });
  const { id } = await host.subscribe((await receiver()).url, { contractId: 'C-9', status: 'inactive' });
  await host.dataSource.query(`UPDATE webhook_lane SET paused_until = $1`, [Date.now() + 3_600_000]);
  // The owner goes by the events' ids, the lane as it finds the rows: the other way round.
  await host.dataSource.query(
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
       attempts_before_budget, due_at, created_at)
     SELECT 'D-' || n, 'E-' || n, $1, 'C-9', 'booking.updated', 'pending', 'scheduled', 0, 0, 4 - n, 0
     FROM generate_series(3, 1, -1) AS n`,
    [id],
  );
  const middle = host.dataSource.createQueryRunner();
  await middle.startTransaction();
  await middle.query(`SELECT 1 FROM webhook_delivery WHERE id = 'D-2' FOR UPDATE`);
  const waiting = async () => {
    const [row] = await host.dataSource.query<{ count: number }[]>(
      `SELECT COUNT(DISTINCT pid)::int AS count FROM pg_locks WHERE NOT granted AND pid IN (
         SELECT pid FROM pg_stat_activity WHERE datname = current_database())`,
    );
    return row?.count;
  };
  const deactivated = host.registry.deactivate(ALL_CONTRACTS, id);
  await until('the owner waits for the middle one', async () => (await waiting()) === 1);
  await host.dataSource.query('UPDATE webhook_lane SET paused_until = NULL');
  await until('the lane waits as well', async () => (await waiting()) === 2);
  await middle.commitTransaction();
  await middle.release();

  await Promise.allSettled([deactivated]);
  await untilIdle(host.app);
  await worker.stop();
  expect(await statuses()).toEqual([{ status: 'cancelled', count: 3 }]);
  expect([...host.statements.errors, ...worker.statements.errors]).toEqual([]);
});

it('a body that cannot be made fails its delivery, not its lane', async () => {
  await start({ retryDelaysMs: [] });
  const one = await receiver();
  const { id } = await host.subscribe(one.url);
  await host.dataSource.query(
    `UPDATE webhook SET sealed_secrets = 'sealed by nobody', change_seq = change_seq + 1 WHERE id = $1`,
    [id],
  );
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(one.requests).toHaveLength(0);
  const [attempt] = await host.dataSource.manager.find(WebhookAttempt);
  expect(attempt).toMatchObject({ error: 'unreadable', statusCode: null });
});
