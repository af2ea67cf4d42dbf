import { channel } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

import { Controller, Inject, Module, Post } from '@nestjs/common';
import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed, W3CTraceContextPropagator } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { WebhookEvent, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';

import type { HostOptions } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';

const BROWSER = '0af7651916cd43dd8448eb211c80319c';

@Controller('bookings')
class BookingsController {
  constructor(
    @Inject(WebhooksService) private readonly webhooks: WebhooksService,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  @Post('cancel')
  async cancel(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.webhooks.publish(cancelled('B-1'), { manager });
    });
  }
}

/** With what an instrumentation of the host's HTTP server does. */
@Module({ controllers: [BookingsController] })
class TracedBookingsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(({ headers }: { headers: object }, _response: object, next: () => void) => {
        const parent = propagation.extract(ROOT_CONTEXT, headers);
        const span = trace.getTracer('host').startSpan('POST /bookings', { kind: SpanKind.SERVER }, parent);
        context.with(trace.setSpan(parent, span), next);
        span.end();
      })
      .forRoutes('*path');
  }
}

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

let host: Host;
let receiver: TestReceiver;
/** What the receiver answers, one after the other, and the last one from then on. */
let answers: number[];

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
});

beforeEach(async () => {
  exporter.reset();
  answers = [204];
  receiver = await TestReceiver.start(() => ({
    status: (answers.length > 1 ? answers.shift() : answers[0])!,
  }));
});
afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

async function start(options: HostOptions = {}): Promise<Host> {
  host = await Host.start({
    scheduler: 'in-process',
    tracing: true,
    hostImports: [TracedBookingsModule],
    ...options,
  });
  return host;
}

function spans(kind: SpanKind): ReadableSpan[] {
  return exporter.getFinishedSpans().filter((span) => span.kind === kind);
}

function only(kind: SpanKind): ReadableSpan {
  const [span, ...more] = spans(kind);
  expect(more).toEqual([]);
  return span!;
}

/** Published in a span of the host's, whose trace's id comes back. */
async function publishTraced(...bookings: string[]): Promise<string> {
  const span = trace.getTracer('host').startSpan('host');
  await context.with(trace.setSpan(context.active(), span), () =>
    host.webhooks.publish(bookings.map((booking) => cancelled(booking))),
  );
  span.end();
  await untilIdle(host.app);
  return span.spanContext().traceId;
}

it("one trace goes from the request to the host to the receiver's headers", async () => {
  await start();
  const { id: webhookId } = await host.subscribe(receiver.url);
  await request(host.app.getHttpServer() as Server)
    .post('/bookings/cancel')
    .set('traceparent', `00-${BROWSER}-b7ad6b7169203331-01`)
    .set('tracestate', 'vendor=state')
    .expect(201);
  await untilIdle(host.app);

  const [server, producer, consumer, client] = [
    SpanKind.SERVER,
    SpanKind.PRODUCER,
    SpanKind.CONSUMER,
    SpanKind.CLIENT,
  ].map(only);
  for (const span of [server, producer, consumer, client]) expect(span!.spanContext().traceId).toBe(BROWSER);
  expect(producer!.parentSpanContext?.spanId).toBe(server!.spanContext().spanId);
  expect(consumer!.parentSpanContext?.spanId).toBe(producer!.spanContext().spanId);
  expect(client!.parentSpanContext?.spanId).toBe(producer!.spanContext().spanId);

  const [got] = receiver.requests;
  expect(got?.headers).toMatchObject({
    traceparent: `00-${BROWSER}-${client!.spanContext().spanId}-01`,
    tracestate: 'vendor=state',
  });
  const event = await host.dataSource.manager.findOneByOrFail(WebhookEvent, {});
  expect([producer!.name, producer!.attributes]).toEqual([
    'publish booking.cancelled',
    {
      'messaging.system': 'nestjs-booking-webhooks',
      'messaging.destination.name': 'webhooks',
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      'messaging.message.id': event.id,
      'webhooks.event.type': 'booking.cancelled',
    },
  ]);
  expect([consumer!.name, consumer!.attributes]).toEqual([
    'fan out booking.cancelled',
    expect.objectContaining({ 'messaging.operation.type': 'process', 'webhooks.deliveries': 1 }),
  ]);
  expect([client!.name, client!.attributes]).toEqual([
    'POST',
    {
      'http.request.method': 'POST',
      'http.response.status_code': 204,
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(receiver.url).port),
      'messaging.message.id': event.id,
      'webhooks.event.type': 'booking.cancelled',
      'webhooks.webhook.id': webhookId,
      'webhooks.delivery.id': expect.any(String),
    },
  ]);
});

it('each attempt is a span of its own, and what became of it', async () => {
  await start();
  answers = [500, 204];
  await host.subscribe(receiver.url);
  const traceId = await publishTraced('B-1');

  const attempts = spans(SpanKind.CLIENT);
  expect(attempts.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  expect(attempts.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1]);
  expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual(['500', undefined]);
  expect(receiver.requests.map(({ headers }) => headers.traceparent)).toEqual(
    attempts.map((span) => `00-${traceId}-${span.spanContext().spanId}-01`),
  );
});

it('a trace goes on in the process that delivers', async () => {
  const shared = await sharedServices();
  const worker = await Host.start({ shared, tracing: true });
  try {
    await start({ shared, scheduler: 'bull', worker: false });
    await host.subscribe(receiver.url);
    const traceId = await publishTraced('B-1', 'B-2');
    const sent = receiver.requests.map(({ headers }) => String(headers.traceparent).split('-')[1]);
    expect(sent).toEqual([traceId, traceId]);
    expect(only(SpanKind.PRODUCER).attributes['messaging.batch.message_count']).toBe(2);
    expect(spans(SpanKind.CONSUMER)).toHaveLength(2);
  } finally {
    await host.stop();
    await worker.stop();
    await shared.database.drop();
    host = { stop: () => Promise.resolve() } as Host;
  }
});

it('a trace that is not sampled goes on unsampled', async () => {
  await start();
  await host.subscribe(receiver.url);
  await request(host.app.getHttpServer() as Server)
    .post('/bookings/cancel')
    .set('traceparent', `00-${BROWSER}-b7ad6b7169203331-00`);
  await untilIdle(host.app);
  expect(exporter.getFinishedSpans()).toEqual([]);
  expect(receiver.requests[0]?.headers.traceparent).toMatch(new RegExp(`^00-${BROWSER}-[0-9a-f]{16}-00$`));
});

it('no body, credential, query, path or header is in a span, nor the words of an error', async () => {
  await start();
  answers = [500, 204];
  const url = new URL(`${receiver.url}/hidden-path?token=hidden-query`);
  [url.username, url.password] = ['hidden-user', 'hidden-password'];
  await host.subscribe(url.href, { headers: { 'x-key': 'hidden-header' } });
  await publishTraced('hidden-booking');
  const broken = host.dataSource.transaction(async (manager) => {
    await manager.query('SELECT 1/0').catch(() => undefined);
    await host.webhooks.publish(cancelled('hidden-too'), { manager });
  });
  await expect(broken).rejects.toThrow();

  const failed = exporter
    .getFinishedSpans()
    .filter(({ attributes }) => attributes['error.type'] === 'QueryFailedError');
  expect(failed).toHaveLength(1);
  const told = exporter.getFinishedSpans().map(({ name, attributes, events, status, links }) => ({
    name,
    attributes,
    events,
    status,
    links,
  }));
  expect(told.length).toBeGreaterThanOrEqual(6);
  expect(JSON.stringify(told)).not.toContain('hidden');
});

it('the request itself is no span of an instrumented client as well, whose headers would come twice', async () => {
  await start();
  const suppressed: boolean[] = [];
  const listener = () => void suppressed.push(isTracingSuppressed(context.active()));
  channel('undici:request:create').subscribe(listener);
  await host.subscribe(receiver.url);
  await publishTraced('B-1');
  channel('undici:request:create').unsubscribe(listener);
  expect(suppressed).toEqual([true]);
});

it("what a host's localizer does is part of the attempt's span, what the engine does of no trace", async () => {
  const localizing: (string | undefined)[] = [];
  await start({
    localizer: () => {
      localizing.push(trace.getActiveSpan()?.spanContext().spanId);
      return Promise.resolve(undefined);
    },
  });
  const traced = new Map<string, boolean>();
  host.dataSource.subscribers.push({
    beforeQuery: ({ query }) => {
      const table = /INSERT INTO (webhook_event|webhook_delivery|webhook_attempt)\b/.exec(query)?.[1];
      if (table !== undefined) traced.set(table, trace.getActiveSpan() !== undefined);
    },
  });
  await host.subscribe(receiver.url);
  await publishTraced('B-1');
  expect(localizing).toEqual([only(SpanKind.CLIENT).spanContext().spanId]);
  expect(Object.fromEntries(traced)).toEqual({
    webhook_event: true,
    webhook_delivery: false,
    webhook_attempt: false,
  });
});

it('unless the host asks for it, nothing is stored, told or sent of its traces', async () => {
  await start({ tracing: false });
  await host.subscribe(receiver.url);
  await publishTraced('B-1');
  expect(receiver.requests[0]?.headers).not.toHaveProperty('traceparent');
  const { traceContext } = await host.dataSource.manager.findOneByOrFail(WebhookEvent, {});
  expect(traceContext).toBeNull();
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['host']);
});

it('without an SDK it is as if there were no traces', async () => {
  trace.disable();
  try {
    await start();
    await host.subscribe(receiver.url);
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(receiver.requests[0]?.headers).not.toHaveProperty('traceparent');
  } finally {
    trace.setGlobalTracerProvider(provider);
  }
});

it("a webhook's own header cannot be one of a trace's", async () => {
  await start();
  const subscribing = host.subscribe(receiver.url, { headers: { Traceparent: '00-1-1-01' } });
  await expect(subscribing).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('headers.Traceparent: the name is reserved'),
  });
});
