import type * as OpenTelemetry from '@opentelemetry/api';
import type { Attributes, Context, Span } from '@opentelemetry/api';

import { optionalPackage } from '../optional-package.js';
import { parsedUrl } from '../parsed-url.js';
import type { Outcome } from '../retrying/outcome.js';
import type { WatchedAttempt } from './path-watch.js';
import { readTraceContext, storedTraceContext, traceHeaders } from './trace-context.js';

type Api = typeof OpenTelemetry;

/** A stored event, by what a span may say of it. */
export interface TracedEvent {
  id: string;
  type: string;
  traceContext?: string | null;
}

const NAME = 'nestjs-booking-webhooks';
const OF_MESSAGE = { 'messaging.system': NAME, 'messaging.destination.name': 'webhooks' };

/** Under which the SDK looks it up; `suppressTracing` of its core package sets the same. */
const SUPPRESSED = 'OpenTelemetry SDK Context Key SUPPRESS_TRACING';

/**
 * Spans of OpenTelemetry for the path of an event: published in the host's trace, and from there on its own, across processes and
 * retries. Their attributes are ids, event types and host names: no body, no header, no URL, whose path or query may be a secret.
 */
export class Tracing {
  private readonly tracer;

  private constructor(private readonly api: Api) {
    this.tracer = api.trace.getTracer(NAME);
  }

  /** @throws WebhooksConfigurationError `PACKAGE_MISSING` */
  static async load(): Promise<Tracing> {
    return new Tracing(
      await optionalPackage('@opentelemetry/api', 'tracing', () => import('@opentelemetry/api')),
    );
  }

  /** Stores events within a span of the trace that is active, and notes on each where its trace goes on. */
  async publishing<Result>(events: TracedEvent[], store: () => Promise<Result>): Promise<Result> {
    const { SpanKind, SpanStatusCode, context, trace } = this.api;
    const [first] = events;
    if (!first) return store();
    const one = events.length === 1;
    const span = this.tracer.startSpan(`publish ${one ? first.type : 'events'}`, {
      kind: SpanKind.PRODUCER,
      attributes: {
        ...OF_MESSAGE,
        'messaging.operation.name': 'publish',
        'messaging.operation.type': 'send',
        ...(one ? ofEvent(first) : { 'messaging.batch.message_count': events.length }),
      },
    });
    const stored = this.stored(span);
    for (const event of events) event.traceContext = stored;
    try {
      return await context.with(trace.setSpan(context.active(), span), store);
    } catch (error) {
      // Its class and not its words, in which a database may repeat what it was given.
      span.setAttribute('error.type', error instanceof Error ? error.name : 'Error');
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Says of each event of a committed batch when it was fanned out, and to how many webhooks. */
  fannedOut(
    events: readonly TracedEvent[],
    deliveries: readonly { event_id: string }[],
    startedAt: number,
  ): void {
    const counts = new Map<string, number>();
    for (const { event_id } of deliveries) counts.set(event_id, (counts.get(event_id) ?? 0) + 1);
    for (const event of events) {
      if (!event.traceContext) continue;
      const attributes = {
        ...OF_MESSAGE,
        ...ofEvent(event),
        'messaging.operation.name': 'fan out',
        'messaging.operation.type': 'process',
        'webhooks.deliveries': counts.get(event.id) ?? 0,
      };
      const options = { kind: this.api.SpanKind.CONSUMER, attributes, startTime: startedAt };
      this.tracer.startSpan(`fan out ${event.type}`, options, this.contextOf(event)).end();
    }
  }

  /** An attempt's span, begun. */
  attempt(
    event: TracedEvent,
    {
      webhookId,
      deliveryId,
      number,
      url,
    }: Pick<WatchedAttempt, 'webhookId' | 'deliveryId' | 'number' | 'url'>,
  ): TracedAttempt {
    const parent = this.contextOf(event);
    const attributes = {
      'http.request.method': 'POST',
      ...(number > 1 && { 'http.request.resend_count': number - 1 }),
      ...serverOf(url),
      ...ofEvent(event),
      'webhooks.webhook.id': webhookId,
      'webhooks.delivery.id': deliveryId,
    };
    const span = this.tracer.startSpan('POST', { kind: this.api.SpanKind.CLIENT, attributes }, parent);
    return new AttemptSpan(this.api, span, this.api.trace.setSpan(parent, span));
  }

  /** Runs the engine's own work outside of the trace of whoever happened to start it. */
  detached<Result>(work: () => Result): Result {
    return this.api.context.with(this.api.ROOT_CONTEXT, work);
  }

  /** Null without an SDK, whose spans have no place. */
  private stored(span: Span): string | null {
    const place = span.spanContext();
    return this.api.trace.isSpanContextValid(place) ? storedTraceContext(place) : null;
  }

  private contextOf({ traceContext }: TracedEvent): Context {
    const { ROOT_CONTEXT, createTraceState, trace } = this.api;
    const parent = readTraceContext(traceContext);
    if (!parent) return ROOT_CONTEXT;
    const { state, ...place } = parent;
    const traceState = state === undefined ? {} : { traceState: createTraceState(state) };
    return trace.setSpanContext(ROOT_CONTEXT, { ...place, ...traceState, isRemote: true });
  }
}

/** One attempt's span, until it is ended. No class: declarations name what a constructor takes, and hosts need not have it. */
export interface TracedAttempt {
  /** For the receiver; empty without an SDK. */
  readonly headers: Record<string, string>;
  readonly traceId: string;
  /** What is done for the attempt: spans of the host's own, a localizer's for example, become its children. */
  within<Result>(work: () => Result): Result;
  /** The request itself, which this span is about: an instrumented client would make a second one and set the headers twice. */
  sending<Result>(work: () => Result): Result;
  end(outcome: Outcome): void;
}

class AttemptSpan implements TracedAttempt {
  constructor(
    private readonly api: Api,
    private readonly span: Span,
    private readonly context: Context,
  ) {}

  get headers(): Record<string, string> {
    const place = this.span.spanContext();
    return this.api.trace.isSpanContextValid(place) ? traceHeaders(place) : {};
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  within<Result>(work: () => Result): Result {
    return this.api.context.with(this.context, work);
  }

  sending<Result>(work: () => Result): Result {
    const key = this.api.createContextKey(SUPPRESSED);
    return this.api.context.with(this.context.setValue(key, true), work);
  }

  end(outcome: Outcome): void {
    if (outcome.statusCode !== undefined)
      this.span.setAttribute('http.response.status_code', outcome.statusCode);
    if (outcome.kind === 'failed') {
      const { reason, statusCode } = outcome;
      this.span.setAttribute('error.type', reason === 'http_status' ? String(statusCode) : reason);
      this.span.setStatus({ code: this.api.SpanStatusCode.ERROR });
    }
    this.span.end();
  }
}

function ofEvent({ id, type }: TracedEvent): Attributes {
  return { 'messaging.message.id': id, 'webhooks.event.type': type };
}

function serverOf(url: string): Attributes {
  const parsed = parsedUrl(url);
  if (!parsed) return {};
  const scheme = parsed.protocol.slice(0, -1);
  const port = parsed.port === '' ? (scheme === 'http' ? 80 : 443) : Number(parsed.port);
  return { 'url.scheme': scheme, 'server.address': parsed.hostname, 'server.port': port };
}
