import { ALL_CONTRACTS, Retention, Webhook, WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import { v7 as uuidv7 } from 'uuid';

import { Host } from './setup/host.js';
import { until } from './setup/until.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const OLD = 31;
const YOUNG = 29;

let host: Host;

afterEach(() => host.stop());

const prune = () => host.app.get(Retention).prune();
const ago = (days: number) => Date.now() - days * DAY_MS;

interface Rows {
  daysOld: number;
  webhookId?: string;
  /** The delivery still waits for its time. */
  pending?: boolean;
  fannedOut?: boolean;
}

/** Events with one delivery and one attempt each, as they are stored. @returns the events' ids */
async function store(count: number, { daysOld, webhookId = uuidv7(), pending, fannedOut = true }: Rows) {
  const msecs = ago(daysOld);
  const rows = Array.from({ length: count }, () => ({
    event_id: uuidv7({ msecs }),
    delivery_id: uuidv7({ msecs }),
    attempt_id: uuidv7({ msecs }),
  }));
  const json = JSON.stringify(rows);
  const from = `FROM json_to_recordset($1::json) AS r(event_id varchar, delivery_id varchar, attempt_id varchar)`;
  await host.dataSource.query(
    `INSERT INTO webhook_event (id, type, contract_id, occurred_at, data, created_at, fanned_out_at)
     SELECT event_id, 'booking.updated', 'C-1', $2::bigint, '{}', $2::bigint, $3::bigint ${from}`,
    [json, msecs, fannedOut ? msecs : null],
  );
  if (!fannedOut) return rows.map(({ event_id }) => event_id);
  await host.dataSource.query(
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
       attempts_before_budget, due_at, created_at)
     SELECT delivery_id, event_id, $2, 'C-1', 'booking.updated', $3, 'scheduled', 1, 0, $4::bigint, $5::bigint ${from}`,
    [json, webhookId, pending ? 'pending' : 'succeeded', pending ? Date.now() + DAY_MS : null, msecs],
  );
  await host.dataSource.query(
    `INSERT INTO webhook_attempt (id, delivery_id, number, kind, started_at, duration_ms, body_sha256)
     SELECT attempt_id, delivery_id, 1, 'scheduled', $2::bigint, 5, '' ${from}`,
    [json, msecs],
  );
  return rows.map(({ event_id }) => event_id);
}

async function counts(): Promise<Record<string, number>> {
  const [row] = await host.dataSource.query<Record<string, string>[]>(
    `SELECT (SELECT COUNT(*) FROM webhook_attempt) AS attempts, (SELECT COUNT(*) FROM webhook_delivery) AS deliveries,
       (SELECT COUNT(*) FROM webhook_event) AS events`,
  );
  return Object.fromEntries(Object.entries(row ?? {}).map(([table, count]) => [table, Number(count)]));
}

/** Makes the database itself note how many rows each statement removes. */
async function noteRemovals(): Promise<void> {
  await host.dataSource.query(`CREATE TABLE removal (of_table text, row_count int)`);
  await host.dataSource.query(`CREATE FUNCTION note_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO removal SELECT TG_TABLE_NAME, COUNT(*) FROM gone; RETURN NULL; END $$`);
  for (const table of ['webhook_attempt', 'webhook_delivery', 'webhook_event']) {
    await host.dataSource.query(`CREATE TRIGGER note_removal AFTER DELETE ON ${table}
      REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_removal()`);
  }
}

describe('a run of retention', () => {
  beforeEach(async () => {
    host = await Host.start({ scheduler: 'in-process', worker: false });
  });

  it('removes what is older than retentionDays, at most a thousand rows a statement, and leaves what is younger', async () => {
    await store(2_600, { daysOld: OLD });
    const young = await store(10, { daysOld: YOUNG });
    await noteRemovals();

    expect(await prune()).toEqual({ attempts: 2_600, deliveries: 2_600, events: 2_600, webhooks: 0 });

    const removals = await host.dataSource.query<{ of_table: string; row_count: number }[]>(
      'SELECT of_table, row_count FROM removal',
    );
    const each = [1_000, 1_000, 600];
    expect(removals).toEqual(
      ['webhook_attempt', 'webhook_delivery', 'webhook_event'].flatMap((of_table) =>
        each.map((row_count) => ({ of_table, row_count })),
      ),
    );
    expect(await counts()).toEqual({ attempts: 10, deliveries: 10, events: 10 });
    const left = await host.dataSource.manager.find(WebhookEvent);
    expect(left.map(({ id }) => id).sort()).toEqual(young.sort());
  });

  it('tells days by the option: one day keeps nothing of the day before yesterday', async () => {
    await host.stop();
    host = await Host.start({ scheduler: 'in-process', worker: false, retentionDays: 1 });
    await store(3, { daysOld: 2 });
    await store(2, { daysOld: 0.5 });
    await prune();
    expect(await counts()).toEqual({ attempts: 2, deliveries: 2, events: 2 });
  });

  it('keeps a delivery that is made due at the same moment', async () => {
    await store(1, { daysOld: OLD });
    const redelivery = host.dataSource.createQueryRunner();
    await redelivery.startTransaction();
    await redelivery.query(`UPDATE webhook_delivery SET status = 'pending', due_at = 1`);
    let ended = false;
    const pruned = prune().finally(() => (ended = true));
    const waits = async () => {
      const rows = await host.dataSource.query<unknown[]>(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    await until('the run has met it', async () => ended || (await waits()));
    await redelivery.commitTransaction();
    await redelivery.release();

    await pruned;
    expect(await host.dataSource.manager.find(WebhookDelivery)).toMatchObject([{ status: 'pending' }]);
  });

  it('keeps a pending delivery and its event, however old they are', async () => {
    await store(3, { daysOld: 400 });
    const [needed] = await store(1, { daysOld: 300, pending: true });
    await prune();

    const deliveries = await host.dataSource.manager.find(WebhookDelivery);
    expect(deliveries.map(({ eventId, status }) => ({ eventId, status }))).toEqual([
      { eventId: needed, status: 'pending' },
    ]);
    const events = await host.dataSource.manager.find(WebhookEvent);
    expect(events.map(({ id }) => id)).toEqual([needed]);
  });

  it('keeps an event that has not been fanned out, however old it is', async () => {
    const waiting = await store(2, { daysOld: 400, fannedOut: false });
    await store(2, { daysOld: 400 });
    await prune();
    const events = await host.dataSource.manager.find(WebhookEvent);
    expect(events.map(({ id }) => id).sort()).toEqual(waiting.sort());
  });

  it('keeps a deleted webhook until its last delivery has gone', async () => {
    const { id: webhookId } = await host.subscribe('http://127.0.0.1:9/');
    const { id: kept } = await host.subscribe('http://127.0.0.1:9/');
    await host.registry.delete(ALL_CONTRACTS, webhookId);
    await host.dataSource.query(`UPDATE webhook SET updated_at = $1`, [ago(OLD)]);
    await store(1, { daysOld: OLD, webhookId });
    await store(1, { daysOld: YOUNG, webhookId });

    expect(await prune()).toMatchObject({ deliveries: 1, webhooks: 0 });
    await host.dataSource.manager.delete(WebhookDelivery, { webhookId });
    expect(await prune()).toMatchObject({ webhooks: 1 });

    const webhooks = await host.dataSource.manager.find(Webhook);
    expect(webhooks.map(({ id }) => id)).toEqual([kept]);
    expect(await host.dataSource.query('SELECT webhook_id FROM webhook_lane')).toEqual([
      { webhook_id: kept },
    ]);
  });

  it('with nothing to remove removes nothing', async () => {
    expect(await prune()).toEqual({ attempts: 0, deliveries: 0, events: 0, webhooks: 0 });
  });
});

it('a worker prunes by itself, again and again', async () => {
  host = await Host.start({ scheduler: 'in-process', retentionIntervalMs: 50 });
  for (const round of [1, 2]) {
    await store(5, { daysOld: OLD });
    // Not all in one run: attempts that are stored while a run is under way wait for the next one.
    await until(`round ${round} was pruned`, async () =>
      Object.values(await counts()).every((count) => count === 0),
    );
  }
  expect(await counts()).toEqual({ attempts: 0, deliveries: 0, events: 0 });
});
