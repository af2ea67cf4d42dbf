import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { freshDatabase } from '../../../../test/setup/database.js';
import { until } from '../../../../test/setup/until.js';
import { webhookMigrations } from '../migrations/index.js';
import { systemClock } from '../webhooks.clock.js';
import { webhookEntities } from '../webhooks.entities.js';
import { OPTION_DEFAULTS } from '../webhooks.options.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { LaneClaims } from './lane-claims.js';
import type { LaneClaim } from './lane-claims.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let dataSource: DataSource;

beforeEach(async () => {
  database = await freshDatabase();
  dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: webhookEntities,
    migrations: webhookMigrations,
    migrationsRun: true,
  });
  await dataSource.initialize();
});

afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** A process of its own: it shares no statement with another one's claims. */
function claims(): LaneClaims {
  return new LaneClaims(dataSource, OPTION_DEFAULTS as unknown as ResolvedWebhooksOptions, systemClock);
}

async function release(process: LaneClaims, claim: LaneClaim | undefined): Promise<void> {
  if (claim) await process.release(claim, undefined, undefined, 0);
}

it('one process gives lanes back while another asks for them, and neither locks the other out', async () => {
  const lanes = ['lane-1', 'lane-2', 'lane-3'];
  const [one, other] = [claims(), claims()];
  // Stored the other way round than they are claimed.
  for (const lane of [...lanes].reverse()) await one.claim(lane);
  await dataSource.query('UPDATE webhook_lane SET lease_until = 0');
  await dataSource.query('ANALYZE webhook_lane');
  const held = await Promise.all([...lanes].reverse().map((lane) => one.claim(lane)));

  const middle = dataSource.createQueryRunner();
  await middle.startTransaction();
  await middle.query(`SELECT 1 FROM webhook_lane WHERE webhook_id = 'lane-2' FOR UPDATE`);
  const waiting = async () => {
    const [row] = await dataSource.query<{ count: number }[]>(
      `SELECT COUNT(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.count;
  };
  const released = Promise.all(held.map((claim) => release(one, claim)));
  await until('the release waits for the middle one', async () => (await waiting()) === 1);
  const asked = Promise.all(lanes.map((lane) => other.claim(lane)));
  await until('the claim waits as well', async () => (await waiting()) === 2);
  await middle.commitTransaction();
  await middle.release();

  expect(await Promise.allSettled([released, asked])).toMatchObject([
    { status: 'fulfilled' },
    { status: 'fulfilled' },
  ]);
});

it('a lane that the database refuses to take back is given back a little later', async () => {
  const process = claims();
  const claim = await process.claim('lane-1');
  const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  await dataSource.query(
    `ALTER TABLE webhook_lane ADD CONSTRAINT refusal CHECK (lease_token IS NOT NULL) NOT VALID`,
  );
  const released = release(process, claim);
  await until('the release was refused', () => warned.mock.calls.length > 0);
  await dataSource.query('ALTER TABLE webhook_lane DROP CONSTRAINT refusal');
  await released;
  warned.mockRestore();
  expect(await dataSource.query('SELECT lease_token FROM webhook_lane')).toEqual([{ lease_token: null }]);
});
