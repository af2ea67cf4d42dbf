import { ConsoleLogger, Logger } from '@nestjs/common';
import { SendTest, ALL_CONTRACTS, WebhookAttempt } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host } from './setup/host.js';
import { until } from './setup/until.js';

interface Line {
  level: string;
  context?: string;
  message: Record<string, unknown>;
}

let lines: Line[];
let raw: string[];
let host: Host;
let receiver: TestReceiver;
let writing: jest.SpyInstance;

/** Nest's own logger writing JSON, as a host would have it. */
function listen(): void {
  lines = [];
  raw = [];
  writing = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    raw.push(...String(text).split('\n').filter(Boolean));
    return true;
  });
  Logger.overrideLogger(new ConsoleLogger({ json: true, colors: false }));
}

function heard(): Line[] {
  writing.mockRestore();
  lines = raw.flatMap((text) => {
    try {
      return [JSON.parse(text) as Line];
    } catch {
      return [];
    }
  });
  return lines.filter(({ context }) => context === 'WebhookAttempt');
}

beforeEach(async () => {
  receiver = await TestReceiver.start(({ path }) => ({ status: path.startsWith('/failing') ? 500 : 204 }));
});
afterEach(async () => {
  writing?.mockRestore();
  Logger.overrideLogger(['error', 'warn']);
  await receiver.stop();
  await host.stop();
});

it('each attempt is one line of JSON with its ids, its outcome and how long it took', async () => {
  host = await Host.start({ scheduler: 'in-process', logAttempts: true, retryDelaysMs: [10] });
  const fine = await host.subscribe(`${receiver.url}/fine`);
  const failing = await host.subscribe(`${receiver.url}/failing`);
  listen();
  const [event] = await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);

  const told = heard();
  const attempts = await host.dataSource.manager.find(WebhookAttempt, { order: { id: 'ASC' } });
  expect(attempts).toHaveLength(3);
  expect(told).toHaveLength(3);
  for (const { deliveryId, number, statusCode, error } of attempts) {
    const line = told.find(({ message }) => message.delivery === deliveryId && message.attempt === number);
    expect(line).toEqual(
      expect.objectContaining({
        level: error === null ? 'log' : 'warn',
        message: {
          message: 'webhook attempt',
          webhook: error === null ? fine.id : failing.id,
          event: event!.id,
          type: 'booking.cancelled',
          delivery: deliveryId,
          attempt: number,
          kind: 'scheduled',
          outcome: error ?? 'succeeded',
          status: statusCode,
          durationMs: expect.any(Number),
          url: `${receiver.url}/${error === null ? 'fine' : 'failing'}`,
        },
      }),
    );
  }
});

it('a test is a line as well, and one that no answer came to has no status', async () => {
  host = await Host.start({ scheduler: 'in-process', logAttempts: true });
  const gone = await TestReceiver.start();
  const { id } = await host.subscribe(gone.url);
  await gone.stop();
  listen();
  const { id: delivery } = await host.app.get(SendTest).send(ALL_CONTRACTS, id, {});
  const [line, ...more] = heard();
  expect(more).toEqual([]);
  expect(line?.message).toMatchObject({ delivery, attempt: 1, kind: 'test', outcome: 'connection' });
  expect(line?.message).not.toHaveProperty('status');
});

it('no secret, credential, query, header or body is in a line', async () => {
  host = await Host.start({ scheduler: 'in-process', logAttempts: true });
  const url = new URL(`${receiver.url}/path?token=sesame&page=7`);
  [url.username, url.password] = ['alibaba', 'opensesame'];
  const { secret } = await host.subscribe(url.href, { headers: { 'x-key': 'headersesame' } });
  listen();
  await host.webhooks.publish(cancelled('BODYSESAME'));
  await untilIdle(host.app);
  const told = JSON.stringify(heard());
  expect(receiver.requests).toHaveLength(1);
  expect(receiver.requests[0]?.path).toContain('sesame');
  expect(told).toContain(`${receiver.url}/path"`);
  for (const hidden of [secret, 'sesame', 'SESAME', 'alibaba', 'page']) expect(told).not.toContain(hidden);
});

it("a host's logger that throws fails no delivery", async () => {
  host = await Host.start({ scheduler: 'in-process', logAttempts: true });
  await host.subscribe(receiver.url);
  const broken = { log: refuse, warn: refuse, error: jest.fn() };
  Logger.overrideLogger(broken);
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(1);
  await until('it is told', () => broken.error.mock.calls.length > 0);
  expect(broken.error.mock.calls[0]).toEqual([
    'Telling of an attempt failed: Error: disk full',
    undefined,
    'PathWatch',
  ]);
});

it('nothing is logged of attempts unless the host asks for it', async () => {
  host = await Host.start({ scheduler: 'in-process' });
  await host.subscribe(`${receiver.url}/failing`);
  listen();
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(heard()).toEqual([]);
  expect(raw.length).toBeGreaterThan(0);
});

function refuse(): never {
  throw new Error('disk full');
}
