import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import readExcelFile from 'read-excel-file/node';
import { runHostScript, startHost } from './host-process.mjs';
import { startReceiver } from './receiver.mjs';

const WAIT_MS = 20_000;
/** What TypeORM and SQLite leave of their own when everything is taken back. */
const THEIRS = /^(migrations|sqlite_sequence)$/;

/** Plays one host from its tables to its end; throws at what is not as it should be. */
export async function play(folder, settings) {
  if (!settings.migrationsRun) await migrate(folder, 'up', settings);
  const receiver = await startReceiver();
  try {
    const host = await startHost(folder, settings);
    try {
      await use(apiOf(host.url, settings), receiver, settings);
      await host.close();
      assert.equal(host.output(), '', 'the host has nothing to warn of');
    } catch (error) {
      throw new Error(`${error.message}\n${host.output()}`, { cause: error });
    } finally {
      host.kill();
    }
  } finally {
    await receiver.stop();
  }
  if (!settings.migrationsRun) await migrate(folder, 'down', settings);
}

/** The host's API for one partner, below what the host puts before its routes. */
export function apiOf(url, { globalPrefix, versioning }) {
  const base = [url, globalPrefix, versioning && 'v1'].filter(Boolean).join('/');
  return async (method, path, { body, contract = 'C-1', headers } = {}) => {
    const response = await fetch(`${base}/${path}`, {
      method,
      headers: {
        'x-platform': 'yes',
        ...(contract && { authorization: `Bearer ${contract}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  };
}

async function use(api, receiver, settings) {
  const webhook = await subscribed(api, receiver, settings);
  const eventId = await publishes(api);
  await eventually(() => receiver.received.length >= 2, 'the receiver has the event twice');
  assert.deepEqual(
    receiver.received.map(({ id, verified, retried }) => ({ id, verified, retried })),
    [
      { id: eventId, verified: true, retried: false },
      { id: eventId, verified: true, retried: true },
    ],
    'one request that fails and one again, both verified, and none of the booking that was rolled back',
  );
  await isLogged(api, webhook);
  await isExported(api, webhook);
  await isGuarded(api, webhook);
}

export async function subscribed(api, receiver, { strictPipe }) {
  const fields = { url: receiver.url, eventTypes: ['booking.*'] };
  if (strictPipe) {
    const refused = await api('POST', 'webhooks', { body: { ...fields, unheardOf: true } });
    assert.equal(refused.status, 400, 'a field that nobody knows is refused');
  }
  const created = await api('POST', 'webhooks', { body: fields });
  const webhook = json(created);
  assert.equal(created.status, 201, `a webhook is created (${created.bytes.toString()})`);
  receiver.learn(webhook.secret);
  return webhook;
}

export async function publishes(api, headers) {
  const booking = (fields) =>
    api('POST', 'bookings', { body: { id: randomUUID(), contractId: 'C-1', ...fields }, headers });
  assert.equal((await booking({ fails: true })).status, 409, 'the transaction that fails is rolled back');
  const made = await booking({});
  assert.equal(made.status, 201, `a booking is made (${made.bytes.toString()})`);
  return json(made).eventId;
}

async function isLogged(api, { id }) {
  const deliveries = async () => json(await api('GET', `webhooks/${id}/deliveries`)).data;
  await eventually(async () => (await deliveries())[0]?.status === 'succeeded', 'the delivery is recorded');
  const [delivery, ...others] = await deliveries();
  assert.equal(others.length, 0, 'there is one delivery');
  assert.equal(delivery.attemptCount, 2, 'it took two attempts');
}

async function isExported(api, { url }) {
  const { status, bytes } = await api('GET', 'webhooks/export.xlsx');
  assert.equal(status, 200, 'the workbook is exported');
  const [{ data }] = await readExcelFile(bytes);
  assert.ok(data.flat().includes(url), 'the workbook has the webhook');
}

async function isGuarded(api, { id }) {
  assert.equal((await api('GET', `webhooks/${id}`)).status, 200, 'the owner sees it');
  assert.equal(
    (await api('GET', `webhooks/${id}`, { contract: 'C-2' })).status,
    404,
    'another partner does not',
  );
  assert.equal((await api('GET', `webhooks/${id}`, { contract: '' })).status, 403, 'nor does a stranger');
  const page = await api('GET', 'webhooks/portal/');
  assert.equal(page.status, 200, 'the portal is served');
  assert.match(page.bytes.toString(), /<script type="module"/, 'and is the built page');
}

async function migrate(folder, direction, settings) {
  const tables = JSON.parse(await runHostScript(folder, ['dist/migrate.js', direction], settings));
  const ours = tables.filter((name) => name.startsWith('webhook'));
  if (direction === 'up') assert.ok(ours.length > 0, 'the migrations make the tables');
  else assert.deepEqual(without(tables, THEIRS), [], 'the migrations take every table back');
}

const without = (names, pattern) => names.filter((name) => !pattern.test(name));

export const json = ({ bytes }) => JSON.parse(bytes.toString());

export async function eventually(condition, what) {
  const giveUpAt = Date.now() + WAIT_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ${WAIT_MS} ms in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
