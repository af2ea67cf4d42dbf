import {
  bookingConfirmed,
  bookingCancelled,
  flightStatusChanged,
  Webhook,
  WebhookDelivery,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { In } from 'typeorm';

import { until } from '../setup/until.js';
import { OPERATOR, Portal } from './setup/portal.js';

/** Run when it is asked for alone: `npm run test:portal -- --screenshots`. */
const FOLDER = resolve(process.env.PORTAL_SCREENSHOTS ?? 'docs/portal');

const SUNLINE = 'C-1001';
const HARBOUR = 'C-2040';
const HOUR_MS = 3_600_000;

const MINUTE_MS = 60_000;

const portal = Portal.forSpecs({ retryDelaysMs: [1, 5, 30, 120, 360].map((minutes) => minutes * MINUTE_MS) });
let receiver: TestReceiver;
let webhookId: string;
let fetchedId: string;

const LOOKS: Record<string, BrowserContextOptions> = {
  light: {},
  dark: { colorScheme: 'dark' },
  narrow: { viewport: { width: 390, height: 844 } },
  arabic: { locale: 'ar' },
};

interface Shot {
  as?: string;
  address: () => string;
  prepare?: (page: Page) => Promise<void>;
  /** What the view shows last, in any language. */
  sign: string;
}

const SHOTS: Record<string, Shot> = {
  table: { as: OPERATOR, address: () => '/', sign: 'tbody svg[role=img]' },
  form: { address: () => `/webhooks/${webhookId}/edit`, sign: '[role=option][aria-selected=true]' },
  webhook: { address: () => `/webhooks/${webhookId}`, sign: 'main figure' },
  feed: { address: () => `/webhooks/${fetchedId}`, sign: 'main section li a' },
  deliveries: { address: () => `/webhooks/${webhookId}/deliveries`, sign: 'tbody tr[data-index]' },
  delivery: {
    address: () => `/webhooks/${webhookId}/deliveries`,
    prepare: async (page) => {
      await page.locator('tbody tr[data-index] a').first().click();
      await page.locator('[role=dialog] summary').first().click();
    },
    sign: '[role=dialog] details pre',
  },
  recovery: { address: () => `/webhooks/${webhookId}/recovery`, sign: 'main strong' },
  test: {
    address: () => `/webhooks/${webhookId}/test`,
    prepare: (page) => page.locator('main section button[data-variant=primary]').click(),
    sign: 'main table',
  },
  preview: {
    address: () => '/preview?eventType=booking.confirmed&as=octo.json.en,checkfront.xml.fr',
    sign: 'section:nth-of-type(2) pre',
  },
  developers: { address: () => '/developers', sign: 'main pre' },
};

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  // The first part of a path is the name that the pictures show in the place of the loopback address.
  receiver = await TestReceiver.start(() => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"received":true}',
  }));
  const { host } = portal;
  const subscribe = async (path: string, contractId: string, eventTypes: string[], fields: object = {}) =>
    (await host.subscribe(`${receiver.url}/${path}`, { contractId, eventTypes, ...fields })).id;
  await subscribe('old.harbour-travel.example/hooks', HARBOUR, ['*'], { status: 'inactive' });
  const gone = await subscribe('staging.harbour-travel.example/hooks', HARBOUR, ['booking.*']);
  await subscribe('api.harbour-travel.example/webhooks/flights', HARBOUR, ['Flight Delay Status Change'], {
    profile: 'delay-care',
  });
  const failing = await subscribe(
    'erp.sunline-tours.example/inbound',
    SUNLINE,
    ['booking.*', 'Product Added'],
    {
      profile: 'checkfront',
      format: 'xml',
      locale: 'fr',
    },
  );
  webhookId = await subscribe('hooks.sunline-tours.example/bookings', SUNLINE, [
    'Booking Status Change',
    'Flight Delay Status Change',
  ]);

  fetchedId = (
    await host.subscribe('', {
      contractId: SUNLINE,
      eventTypes: ['booking.cancelled', 'Flight Delay Status Change'],
      transport: 'pull',
      url: undefined,
    })
  ).id;

  for (let index = 0; index < 60; index += 1) {
    const booking = { id: `B-${7001 + index}`, status: index % 5 === 0 ? 'CANCELLED' : 'CONFIRMED' };
    const of = index % 5 === 0 ? bookingCancelled : bookingConfirmed;
    for (const contractId of [SUNLINE, HARBOUR]) {
      await host.webhooks.publish(of({ contractId, data: { booking } }));
      if (index % 4 > 0) continue;
      const flight = { number: 'IB3166', status: 'DELAYED' };
      await host.webhooks.publish(flightStatusChanged({ contractId, data: { flight } }));
    }
  }
  await untilIdle(host.app);
  await makeHistory({ gone, failing });
});

afterAll(() => receiver.stop());

/** A day in which not everything went well. */
async function makeHistory({ gone, failing }: { gone: string; failing: string }): Promise<void> {
  const { manager } = portal.host.dataSource;
  const deliveries = await manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
  const seen = new Map<string, number>();
  for (const [index, { id, createdAt, webhookId: of }] of deliveries.entries()) {
    const part = index / deliveries.length;
    // More in some hours than in others, and none of them out of its order.
    const age = (1 - part + 0.03 * Math.sin(part * 20)) * 23 * HOUR_MS;
    const nth = (seen.get(of) ?? 0) + 1;
    seen.set(of, nth);
    const isBad = of !== fetchedId && nth % (of === failing ? 3 : 31) === 0;
    await manager.update(
      WebhookDelivery,
      { id },
      {
        createdAt: createdAt - Math.round(age),
        ...(isBad ? { status: 'exhausted' as const, lastError: 'http_status', lastStatusCode: 503 } : {}),
      },
    );
  }
  await manager.query(
    'UPDATE webhook_lane SET failing_since = $1, consecutive_failures = 4 WHERE webhook_id = $2',
    [Date.now() - 2 * HOUR_MS, failing],
  );
  await manager.update(Webhook, { id: gone }, { status: 'disabled', disabledReason: 'gone' });
  await manager.update(Webhook, { id: In([gone, failing, webhookId]) }, { updatedAt: Date.now() });
}

/** Names in the place of the addresses that the receivers have here. */
async function withNames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const named = (text: string) =>
      text
        .replace(/http:\/\/127\.0\.0\.1:\d+\/([a-z-]+\.)/g, 'https://$1')
        .replace(/http:\/\/127\.0\.0\.1:\d+\/webhooks/g, 'https://platform.example/webhooks');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { currentNode } = texts;
      const text = currentNode.nodeValue ?? '';
      if (named(text) !== text) currentNode.nodeValue = named(text);
    }
    for (const input of document.querySelectorAll('input'))
      if (named(input.value) !== input.value) input.value = named(input.value);
  });
}

/** Playwright itself takes none that is so small. */
async function pictureOf(page: Page): Promise<Buffer> {
  const debuggee = await page.context().newCDPSession(page);
  const { data } = await debuggee.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  return Buffer.from(data, 'base64');
}

describe.each(Object.keys(LOOKS))('%s', (look) => {
  it.each(Object.keys(SHOTS))('%s', async (name) => {
    const { as = SUNLINE, address, prepare, sign } = SHOTS[name]!;
    const page = await (
      await portal.visit(as, { viewport: { width: 1200, height: 800 }, ...LOOKS[look] })
    ).open(address());
    await prepare?.(page);
    await page.locator(sign).first().waitFor();
    await until(
      'nothing is loading',
      async () => (await page.locator('[class*=_placeholder_]').count()) === 0,
    );
    await withNames(page);
    const picture = await pictureOf(page);
    writeFileSync(join(FOLDER, `${name}-${look}.webp`), picture);
    expect(picture.length).toBeGreaterThan(5_000);
  });
});
