import {
  bookingConfirmed,
  bookingCreated,
  EventCatalog,
  EVENT_TYPES,
  flightStatusChanged,
  paymentReceived,
} from 'nestjs-booking-webhooks';
import type { DomainEvent } from 'nestjs-booking-webhooks';
import { verifyEd25519, verifyHmac, verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { Host } from './setup/host.js';

const page = readFileSync(resolve(__dirname, '../docs/receiving-webhooks.md'), 'utf8');

interface Example {
  marker: string;
  profile: string;
  type: string;
  format: string;
  locale: string | undefined;
  capabilities: string[];
  shown: string;
}

const EXAMPLES = [...page.matchAll(/<!-- body: (.+?) -->\n+```\w*\n(.*?)```/gs)].map(
  ([, marker = '', shown = '']): Example => {
    const [profile = '', type = '', format = '', ...settings] = marker.split(' ');
    const setting = (name: string) => settings.find((one) => one.startsWith(name))?.slice(name.length);
    const capabilities = setting('capabilities=')?.split(',') ?? [];
    return { marker, profile, type, format, locale: setting('locale='), capabilities, shown };
  },
);

/** What stands in the page for what differs from one run to the next. */
const EVENT_ID = '0197c0de-0000-7000-8000-000000000001';
const WEBHOOK_ID = '0197c0de-0000-7000-8000-000000000002';
const URL_SHOWN = 'https://partner.example/hooks';

/** The event of a type as the page's standard body tells it. */
function published(type: string): { data: never; occurredAt: Date } {
  const example = EXAMPLES.find((one) => one.profile === 'standard' && one.type === type);
  const { timestamp, data } = JSON.parse(example?.shown ?? '') as { timestamp: string; data: never };
  return { data, occurredAt: new Date(timestamp) };
}

const SURROUNDINGS = {
  contractId: 'C-101',
  accountContext: {
    ownerId: 42,
    ownerName: 'Sample Travel',
    ownerEmail: 'office@sample.example',
    ownerSlug: 'sample-travel',
  },
  originator: {
    type: 'agent' as const,
    id: 101,
    name: 'Support Agent',
    username: 'support',
    tokenUsed: 'a-token-that-nobody-asked-for',
    clientId: 7,
    clientName: 'Sample Agency',
    clientType: 'agency',
  },
};

function events(): DomainEvent[] {
  const confirmed = published('booking.confirmed');
  const { booking } = confirmed.data as { booking: Record<string, unknown> };
  const before = { booking: { ...booking, status: 'ON_HOLD', utcConfirmedAt: null } };
  return [
    bookingCreated({ ...confirmed, ...SURROUNDINGS, data: before }),
    bookingConfirmed({ ...confirmed, ...SURROUNDINGS, previous: before }),
    flightStatusChanged({ ...published('flight.status_changed'), ...SURROUNDINGS }),
    paymentReceived({ ...published('payment.received'), ...SURROUNDINGS }),
  ];
}

describe('the bodies on the page for receivers', () => {
  const sent = new Map<string, string>();
  let host: Host;
  let receiver: TestReceiver;

  beforeAll(async () => {
    host = await Host.start({ scheduler: 'in-process' });
    receiver = await TestReceiver.start();
    const webhooks = new Map<string, string>();
    for (const [index, { marker, type, profile, format, locale, capabilities }] of EXAMPLES.entries()) {
      const fields = { eventTypes: [type], profile, format, locale: locale ?? null, capabilities };
      const { id } = await host.subscribe(`${receiver.url}/${index}`, { contractId: 'C-101', ...fields });
      webhooks.set(marker, id);
    }
    for (const event of events()) await host.webhooks.publish(event);
    await untilIdle(host.app);
    for (const { path, headers, body } of receiver.requests) {
      const { marker = '' } = EXAMPLES[Number(path.slice(1))] ?? {};
      const text = body
        .toString()
        .replaceAll(`${receiver.url}${path}`, URL_SHOWN)
        .replaceAll(webhooks.get(marker) ?? '', WEBHOOK_ID)
        .replaceAll(String(headers['webhook-id']), EVENT_ID);
      sent.set(marker, text);
    }
  });
  afterAll(async () => {
    await receiver.stop();
    await host.stop();
  });

  it('are of every profile and every format', () => {
    const shown = (key: 'profile' | 'format') => [...new Set(EXAMPLES.map((one) => one[key]))].toSorted();
    expect(shown('profile')).toEqual([
      'capdata',
      'checkfront',
      'checkfront-3',
      'delay-care',
      'octo',
      'octo-notification',
      'standard',
    ]);
    expect(shown('format')).toEqual(['form', 'json', 'xml']);
  });

  it.each(EXAMPLES)('$marker is what is sent', ({ marker, format, shown }) => {
    expect(legible(format, shown)).toBe(legible(format, onOneLine(format, sent.get(marker) ?? '')));
  });

  /** A body as a form is shown decoded. */
  function onOneLine(format: string, body: string): string {
    return format === 'form' ? body.split('&').map(decodeURIComponent).join('\n') : body;
  }

  function legible(format: string, text: string): string {
    if (format === 'json') return JSON.stringify(JSON.parse(text), null, 2);
    return format === 'xml' ? text.replace(/>\s+</g, '><').replaceAll('><', '>\n<').trim() : text.trim();
  }
});

describe('the request to try code on', () => {
  const [, request = ''] = /```http\n(.*?)```/s.exec(section('A request to try it on')) ?? [];
  const [head = '', body = ''] = request.trim().split('\n\n');
  const headers = Object.fromEntries(
    head.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
  );
  const keys = [...section('A request to try it on').matchAll(/`((?:whsec|whpk)_[^`]+)`/g)];
  const key = (prefix: string) =>
    keys.map(([, text = '']) => text).find((text) => text.startsWith(prefix)) ?? '';
  const now = Number(headers['webhook-timestamp']) * 1_000;

  it('verifies in each of the schemes', () => {
    expect(verifyStandard(key('whsec_'), headers, body, { now })).toEqual({ ok: true });
    expect(verifyEd25519(key('whpk_'), headers, body, { now })).toEqual({ ok: true });
    expect(verifyHmac(key('whsec_'), headers['X-CapData-Signature'], body)).toEqual({ ok: true });
  });

  it('verifies in none with another body', () => {
    const bad = { ok: false, reason: 'bad_signature' };
    expect(verifyStandard(key('whsec_'), headers, `${body} `, { now })).toEqual(bad);
    expect(verifyEd25519(key('whpk_'), headers, `${body} `, { now })).toEqual(bad);
    expect(verifyHmac(key('whsec_'), headers['X-CapData-Signature'], `${body} `)).toEqual(bad);
  });
});

describe('the table of event types', () => {
  it('has for each type the names that cover it, as the catalog has them', () => {
    const catalog = new EventCatalog();
    const rows = section('Which event reaches whom')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
    const covering = EVENT_TYPES.map(({ name }) => [
      name,
      ...catalog.patternsCovering(name).filter((pattern) => pattern !== name && !pattern.endsWith('*')),
    ]);
    expect(rows.map(([type, ...names]) => [type, ...names.toSorted()])).toEqual(
      covering.map(([type, ...names]) => [type, ...names.toSorted()]),
    );
  });
});

/** The text below a heading, up to the next one of any level. */
function section(heading: string): string {
  const [, rest = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  return rest.split(/^#+ /m)[0] ?? '';
}
