import { createHash } from 'node:crypto';
import {
  bookingCancelled,
  flightStatusChanged,
  localized,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEvent,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const TOKEN = 'agent-t0ken-of-ana';
const BOOKING = {
  id: 'B-1',
  status: 'CANCELLED',
  product: { id: 'P-1', title: localized({ en: 'Whale watching', es: 'Avistamiento de ballenas' }) },
  contact: { fullName: 'Ana García' },
  pricing: { retail: 4500, currency: 'EUR' },
};

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let receiver: TestReceiver;
  let contract: string;
  let eventId: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform, strict: true });
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

  const preview = (body: object | undefined, caller = contract) =>
    host.as(caller).post('/webhooks/preview').send(body);
  const published = async () => {
    const [event] = await host.app.get(WebhooksService).publish(
      bookingCancelled({
        contractId: contract,
        data: { booking: BOOKING },
        previous: { booking: { ...BOOKING, status: 'CONFIRMED' } },
        contactLocales: ['es-MX'],
        originator: { type: 'agent', id: 7, name: 'Ana', tokenUsed: TOKEN },
      }),
    );
    await untilIdle(host.app);
    return event!.id;
  };
  const rows = () =>
    Promise.all(
      [Webhook, WebhookEvent, WebhookDelivery, WebhookAttempt].map((entity) =>
        host.dataSource.manager.find<object>(entity),
      ),
    );

  it.each([
    ['standard', 'json', [], 'en'],
    ['standard', 'xml', [], 'es'],
    ['checkfront', 'form', [], 'es'],
    ['checkfront-3', 'xml', [], 'en'],
    ['capdata', 'json', [], 'en'],
    ['delay-care', 'json', [], 'es'],
  ])(
    '%s as %s with %j in %s: the very bytes that a webhook gets',
    async (profile, format, capabilities, locale) => {
      const settings = { profile, format, capabilities, locale, useContactLanguage: false };
      const hook = { url: receiver.url, eventTypes: ['*'], ...settings };
      await host.as(contract).post('/webhooks').send(hook).expect(201);
      eventId = await published();
      const [sent] = receiver.requests;

      const { body } = await preview({ eventId, ...settings }).expect(200);
      expect(body).toEqual({
        contentType: sent!.headers['content-type'],
        contentLanguage: locale,
        body: sent!.body.toString(),
        bodySha256: createHash('sha256').update(sent!.body).digest('hex'),
      });
      expect(receiver.requests).toHaveLength(1);
    },
  );

  it('an OCTO body is the one that is sent but for the webhook that it names', async () => {
    const settings = { profile: 'octo', capabilities: ['octo/pricing', 'octo/content'] };
    await host
      .as(contract)
      .post('/webhooks')
      .send({ url: receiver.url, eventTypes: ['booking_update'], ...settings })
      .expect(201);
    eventId = await published();
    const { webhook: _webhook, ...sent } = JSON.parse(receiver.requests[0]!.body.toString());
    const { body } = await preview({ eventId, ...settings }).expect(200);
    const { webhook, ...shown } = JSON.parse(body.body);
    expect(shown).toEqual(sent);
    expect(shown.booking.pricing.retail).toBe(4500);
    expect(webhook).toMatchObject({ event: 'booking_update', capabilities: settings.capabilities });
    expect(
      JSON.parse((await preview({ eventId, profile: 'octo' })).body.body).booking.pricing,
    ).toBeUndefined();
  });

  it('the guest’s language is the body’s, unless a language is asked for', async () => {
    eventId = await published();
    const title = async (settings: object) => {
      const { body } = await preview({ eventId, ...settings }).expect(200);
      return [body.contentLanguage, JSON.parse(body.body).data.booking.product.title];
    };
    const spanish = [expect.stringMatching(/^es/), 'Avistamiento de ballenas'];
    expect(await title({})).toEqual(spanish);
    expect(await title({ locale: 'en' })).toEqual(['en', 'Whale watching']);
    expect(await title({ locale: 'en', useContactLanguage: true })).toEqual(spanish);
    expect(await title({ useContactLanguage: false })).toEqual(['en', 'Whale watching']);
  });

  it('a sample of every event type can be seen, in the caller’s contract', async () => {
    const { body } = await preview({ eventType: 'flight.status_changed', profile: 'delay-care' }).expect(200);
    expect(JSON.parse(body.body)).toMatchObject({
      eventType: 'Flight Delay Status Change',
      contractId: contract,
      flight: { status: 'Delayed' },
    });
    const sample = await preview({ eventType: 'booking.created', profile: 'checkfront-3', format: 'xml' });
    expect(sample.body.contentType).toBe('application/xml; charset=utf-8');
    expect(sample.body.body).toMatch(/^<\?xml/);
  });

  it('sends nothing and stores nothing', async () => {
    await host
      .as(contract)
      .post('/webhooks')
      .send({ url: receiver.url, eventTypes: ['*'] })
      .expect(201);
    eventId = await published();
    receiver.requests.length = 0;
    const before = await rows();
    await preview({ eventId }).expect(200);
    await preview({ eventType: 'booking.created' }).expect(200);
    await preview({ eventType: 'nonsense' }).expect(400);
    await untilIdle(host.app);
    expect(await rows()).toEqual(before);
    expect(receiver.requests).toEqual([]);
  });

  it('an agent’s token stays masked, whatever is asked for', async () => {
    eventId = await published();
    const { body, text } = await preview({
      eventId,
      profile: 'capdata',
      capabilities: ['capdata/actor-token'],
    });
    expect(JSON.parse(body.body).action_originator).toMatchObject({
      actor_name: 'Ana',
      actor_token_used: '***',
    });
    expect(text).not.toContain(TOKEN);
  });

  it('another contract’s event is answered like one that does not exist, and an operator sees it', async () => {
    eventId = await published();
    const unknown = uuidv7();
    const foreign = await preview({ eventId }, freshContract()).expect(404);
    const missing = await preview({ eventId: unknown }).expect(404);
    expect(foreign.body).toMatchObject({
      code: 'EVENT_NOT_FOUND',
      message: expect.stringContaining('deliveries'),
    });
    expect(foreign.text.replaceAll(eventId, '<id>')).toBe(missing.text.replaceAll(unknown, '<id>'));
    await preview({ eventId }, '*').expect(200);
    await preview({ eventType: 'booking.created' }, '*').expect(200);
    await preview({ eventType: 'booking.created' }, '').expect(403);
    await preview({ eventId: 'none' }).expect(404);
  });

  it.each([
    ['nothing', undefined, 'eventId', /missing/, /eventType for a sample/],
    ['both', { eventId: uuidv7(), eventType: 'booking.created' }, 'eventId', /so is eventType/, /not both/],
    ['a number as event', { eventId: 7 }, 'eventId', /7 is not a text/, /1 to 64/],
    ['an unknown type', { eventType: 'booking.canceled' }, 'eventType', /canceled/, /'booking\.cancelled'/],
    ['a pattern', { eventType: 'booking.*' }, 'eventType', /'booking\.\*'/, /GET event-types/],
    [
      'an unknown profile',
      { eventType: 'booking.created', profile: 'octopus' },
      'profile',
      /no profile 'octopus'/,
      /'octo'/,
    ],
    [
      'an unknown format',
      { eventType: 'booking.created', format: 'yaml' },
      'format',
      /'yaml'/,
      /'json', 'xml', 'form'/,
    ],
    [
      'a language that is none',
      { eventType: 'booking.created', locale: 'x' },
      'locale',
      /'x' is not a language tag/,
      /BCP 47/,
    ],
    [
      'capabilities as a text',
      { eventType: 'booking.created', capabilities: 'a' },
      'capabilities',
      /not a list/,
      /octo\/pricing/,
    ],
    [
      'an unknown field',
      { eventType: 'booking.created', lang: 'en' },
      'lang',
      /not a field/,
      /the fields here are/,
    ],
  ])('%s is refused with what would be accepted', async (_title, body, field, reason, expected) => {
    const { body: answer } = await preview(body).expect(400);
    expect(answer).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field, reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) }],
    });
  });

  it('a delay is worded in the language that is asked for', async () => {
    const flight = { number: 'SP1', status: 'DELAYED', delayMinutes: 45 };
    const delay = flightStatusChanged({ contractId: contract, data: { flight } });
    const [event] = await host.app.get(WebhooksService).publish(delay);
    const { id } = event!;
    const statusText = async (locale: string) =>
      JSON.parse((await preview({ eventId: id, profile: 'delay-care', locale })).body.body).flight.statusText;
    expect(await statusText('es')).not.toBe(await statusText('de'));
  });
});
