import { createHmac } from 'node:crypto';

import { XMLParser } from 'fast-xml-parser';
import type { CanonicalEvent } from 'nestjs-booking-webhooks';
import { bookingCancelled, localized, SendTest, WebhookAttempt, WebhookEvent } from 'nestjs-booking-webhooks';
import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import qs from 'qs';

import type { HostOptions } from './setup/host.js';
import { Host } from './setup/host.js';

let host: Host;
let receiver: TestReceiver;

async function start(options: HostOptions = {}): Promise<void> {
  host = await Host.start({ scheduler: 'in-process', ...options });
  receiver = await TestReceiver.start();
}

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

const booking = {
  id: 'B-1',
  uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
  status: 'CONFIRMED',
  bookingCode: 'ABCDEF',
  productId: 'P-1',
  product: { id: 'P-1', internalName: 'Old town', title: localized({ en: 'Old town', es: 'Casco antiguo' }) },
  contact: { fullName: 'Juan Pérez García', emailAddress: 'juan@example.com', locales: ['es-MX'] },
  unitItems: [{ uuid: '2c1a1d2e-9f3b-4a57-8d0e-0f3a3d3f1c11', unitId: 'adult' }],
  flights: [{ number: 'IB123', airline: { code: 'IB', name: 'Iberia' }, date: '2025-10-15' }],
  pricing: { retail: 25050, currency: 'EUR', currencyPrecision: 2 },
};

function cancelled() {
  return bookingCancelled({
    contractId: 'C-1',
    data: { booking: { ...booking, status: 'CANCELLED' } },
    previous: { booking },
    contactLocales: ['es-MX'],
    originator: { type: 'agent', id: 101, name: 'Support Agent', tokenUsed: 'the_agent_token_used' },
    accountContext: { ownerId: 1, ownerName: 'Main Owner' },
  });
}

function at(path: string): ReceivedRequest {
  const [found, ...others] = receiver.requests.filter((request) => request.path === path);
  expect(others).toEqual([]);
  if (!found) throw new Error(`Nothing arrived at ${path}.`);
  return found;
}

it('the same cancelled booking reaches each partner in its own dialect, format and language', async () => {
  await start();
  const of = (path: string, fields: Record<string, unknown>) =>
    host.subscribe(`${receiver.url}${path}`, fields);
  await of('/octo', { eventTypes: ['booking_update'], profile: 'octo', capabilities: ['octo/content'] });
  await of('/checkfront', { eventTypes: ['Booking Status Change'], profile: 'checkfront', format: 'xml' });
  await of('/checkfront-3', { eventTypes: ['Booking Modified'], profile: 'checkfront-3', format: 'form' });
  await of('/capdata', { eventTypes: ['flight_reservation_updated'], profile: 'capdata' });
  await of('/standard', { eventTypes: ['booking.*'], useContactLanguage: false, locale: 'de' });

  await host.webhooks.publish(cancelled());
  await untilIdle(host.app);

  const octo = JSON.parse(at('/octo').body.toString());
  expect(at('/octo').headers['content-language']).toBe('es-MX');
  expect(at('/octo').headers).not.toHaveProperty('x-webhook-test');
  expect(octo.booking).toMatchObject({ id: 'B-1', status: 'CANCELLED' });
  expect(octo.booking.product.title).toBe('Casco antiguo');
  expect(octo.diff).toContainEqual({ op: 'replace', path: '/status', was: 'CONFIRMED', value: 'CANCELLED' });

  const checkfront = at('/checkfront');
  expect(checkfront.headers['content-type']).toContain('application/xml');
  const xml = Object.values(new XMLParser().parse(checkfront.body.toString()) as object).at(-1) as object;
  expect(xml).toMatchObject({ event: 'booking.status', booking: { id: 'B-1' } });

  const form = at('/checkfront-3');
  expect(form.headers['content-type']).toContain('application/x-www-form-urlencoded');
  expect(JSON.stringify(qs.parse(form.body.toString(), { depth: 20 }))).toContain('STOP');

  expect(JSON.parse(at('/capdata').body.toString())).toMatchObject({
    event_type: 'flight_reservation_updated',
    reservation_data: {
      booking_code: 'ABCDEF',
      departure_date: '2025-10-15',
      airline: 'Iberia',
      price: '250.50',
    },
    webhook_account_context: { owner_id: 1 },
    action_originator: { actor_type: 'agent', actor_id: 101 },
  });
  expect(at('/capdata').headers['x-idempotency-key']).toContain('flight_reservation_updated:ABCDEF');

  const standard = at('/standard');
  expect(standard.headers['content-language']).toBe('de');
  expect(JSON.parse(standard.body.toString()).data.booking.product.title).toBe('Old town');
});

it("an agent's token is stored sealed, and sent only to the webhook that asks for it", async () => {
  await start();
  const capabilities = ['capdata/actor-token'];
  await host.subscribe(`${receiver.url}/asks`, { profile: 'capdata', capabilities });
  await host.subscribe(`${receiver.url}/does-not`, { profile: 'capdata' });
  await host.webhooks.publish(cancelled());
  await untilIdle(host.app);

  const event = await host.dataSource.manager.findOneOrFail(WebhookEvent, { where: {} });
  expect(event.originator).not.toContain('the_agent_token_used');
  expect(JSON.parse(at('/asks').body.toString()).action_originator.actor_token_used).toBe(
    'the_agent_token_used',
  );
  expect(at('/does-not').body.toString()).not.toContain('token_used');
});

it('a plain HMAC header signs the bytes that are sent, in every format', async () => {
  await start();
  const secrets = new Map<string, string>();
  for (const format of ['json', 'xml', 'form']) {
    const path = `/${format}`;
    const { secret } = await host.subscribe(receiver.url + path, {
      profile: 'capdata',
      format,
      signing: 'hmac',
    });
    secrets.set(path, secret);
  }
  await host.webhooks.publish(cancelled());
  await untilIdle(host.app);
  for (const [path, secret] of secrets) {
    const { headers, body } = at(path);
    expect(headers['x-capdata-signature']).toBe(createHmac('sha256', secret).update(body).digest('hex'));
  }
});

describe('a localizer of the host', () => {
  it('brings the content in the language of each body, once for each language', async () => {
    const asked: string[] = [];
    await start({
      localizer: (_event: CanonicalEvent, locale: string) => {
        asked.push(locale);
        return Promise.resolve({ booking: { id: 'B-1', title: `in ${locale}` } });
      },
    });
    for (const [index, locale] of ['fr', 'fr', 'ar'].entries()) {
      await host.subscribe(`${receiver.url}/${index}`, { locale, useContactLanguage: false });
    }
    await host.webhooks.publish(cancelled());
    await untilIdle(host.app);
    expect(asked.sort()).toEqual(['ar', 'fr']);
    expect(at('/1').body.toString()).toContain('in fr');
    expect(at('/2').body.toString()).toContain('in ar');
  });

  it.each([
    ['throws', () => Promise.reject(new Error('the content service is down'))],
    ['does not answer in time', () => new Promise<never>(() => undefined)],
  ])('that %s loses no delivery: the body is made of what was published', async (_, localizer) => {
    await start({ localizer, deadlineMs: 300 });
    await host.subscribe(receiver.url, { useContactLanguage: false, locale: 'es' });
    await host.webhooks.publish(cancelled());
    await untilIdle(host.app);
    expect(at('/').body.toString()).toContain('Casco antiguo');
    expect(await host.dataSource.manager.findOneOrFail(WebhookAttempt, { where: {} })).toMatchObject({
      error: null,
      number: 1,
    });
  });
});

it("a profile of the host's own is one more that webhooks can name", async () => {
  await start({
    catalog: {
      profiles: [
        {
          name: 'short',
          formats: ['json'],
          personal: false,
          render: (event) => ({ root: 'short', value: { what: event.type } }),
        },
      ],
    },
  });
  await host.subscribe(receiver.url, { profile: 'short' });
  await expect(host.subscribe(receiver.url, { profile: 'short', format: 'xml' })).rejects.toThrow(
    /does not come as 'xml'.*'json'/,
  );
  await expect(host.subscribe(receiver.url, { profile: 'shorter' })).rejects.toThrow(
    /no profile 'shorter'.*'short'/,
  );
  await host.webhooks.publish(cancelled());
  await untilIdle(host.app);
  expect(at('/').body.toString()).toBe('{"what":"booking.cancelled"}');
});

describe('Checkfront', () => {
  it('shows the outcome of a test at once, and the receiver that it is one', async () => {
    await start();
    const { id } = await host.subscribe(receiver.url, { profile: 'checkfront', status: 'inactive' });
    const sent = await host.app.get(SendTest).send('C-1', id, { eventType: 'booking.updated' });
    expect(sent).toMatchObject({ status: 'succeeded', trigger: 'test', attempts: [{ statusCode: 204 }] });
    expect(at('/').headers['x-webhook-test']).toBe('true');
  });

  const bookings = (count: number) => Array.from({ length: count }, () => cancelled());

  it('disables a webhook after five failures in a row', async () => {
    await start({ retryDelaysMs: Array.from({ length: 10 }, () => 1), pauseAfterFailures: 100 });
    receiver.answer(() => ({ status: 500 }));
    const { id } = await host.subscribe(receiver.url, { profile: 'checkfront', maxInFlight: 1 });
    await host.webhooks.publish(bookings(3));
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(5);
    expect(await host.registry.get('C-1', id)).toMatchObject({
      status: 'disabled',
      disabledReason: 'failures',
    });
  });

  it('counts anew after a success', async () => {
    await start({ retryDelaysMs: Array.from({ length: 10 }, () => 1), pauseAfterFailures: 100 });
    receiver.answer((_, index) => ({ status: index % 5 === 4 ? 200 : 500 }));
    const { id } = await host.subscribe(receiver.url, { profile: 'checkfront', maxInFlight: 1 });
    await host.webhooks.publish(bookings(3));
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(15);
    expect(await host.registry.get('C-1', id)).toMatchObject({ status: 'active' });
  });
});
