import { Inject, Injectable } from '@nestjs/common';

import { SAMPLE_KEY_PREFIX } from '../catalog/samples.js';
import type { AttemptKind } from '../deliveries/webhook-attempt.entity.js';
import { PathWatch } from '../observing/path-watch.js';
import type { TracedAttempt } from '../observing/tracing.js';
import { Tracing } from '../observing/tracing.js';
import { headerList } from '../sending/header-list.js';
import type { Exchange, OutboundRequest } from '../sending/http-sender.js';
import { HttpSender } from '../sending/http-sender.js';
import { signatureHeaders } from '../signing/signing-schemes.js';
import { validSecrets } from '../signing/webhook-secret.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { PreparedBody } from './bodies.js';
import { Bodies } from './bodies.js';
import type { CachedEvent } from './event-cache.js';
import type { WebhookTarget } from './webhook-targets.js';
import { WebhookTargets } from './webhook-targets.js';

/** An exchange, and which body it carried. */
export interface AttemptResult extends Exchange {
  /** SHA-256 of the body, hex; empty when no body could be made. */
  bodySha256: string;
}

/** Whose attempt it is. */
export interface AttemptOf {
  deliveryId: string;
  /** 1 for the delivery's first. */
  number: number;
  kind: AttemptKind;
}

/** What is told about an event, however it gets there. */
export interface Message {
  /** In sets. Of those that have the same name the first one's counts, see {@link headerList}. */
  headers: Readonly<Record<string, string>>[];
  body: Buffer;
  /** Hex. */
  bodySha256: string;
}

/** One HTTP request about one event: render, sign, send. */
@Injectable()
export class Attempt {
  constructor(
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(WebhookTargets) private readonly targets: WebhookTargets,
    @Inject(Bodies) private readonly bodies: Bodies,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(PathWatch) private readonly watch: PathWatch,
    @Inject(Tracing) private readonly tracing: Tracing | undefined,
  ) {}

  /**
   * Never rejects: a request that cannot be built is an `unreadable` failure, so that its delivery is not stuck.
   *
   * @param onRequest is given the request before it is sent
   */
  async run(
    webhook: Webhook,
    cached: CachedEvent,
    of: AttemptOf,
    onRequest?: (request: OutboundRequest) => void,
  ): Promise<AttemptResult> {
    const { id: webhookId, url } = webhook;
    const traced = this.tracing?.attempt(cached.event, { webhookId, url, ...of });
    const result = await this.send(webhook, cached, traced, onRequest);
    const { outcome, durationMs } = result;
    traced?.end(outcome);
    if (this.watch.isWatched) {
      const { id: eventId, type: eventType } = cached.event;
      const told = { webhookId, eventId, eventType, ...of, url, outcome, durationMs };
      this.watch.attempted(traced ? { ...told, traceId: traced.traceId } : told);
    }
    return result;
  }

  private async send(
    webhook: Webhook,
    cached: CachedEvent,
    traced: TracedAttempt | undefined,
    onRequest?: (request: OutboundRequest) => void,
  ): Promise<AttemptResult> {
    const startedAt = this.clock.now();
    let request: OutboundRequest & { bodySha256: string };
    try {
      const target = this.targets.of(webhook);
      const made = traced
        ? traced.within(() => this.message(webhook, cached, startedAt, target))
        : this.message(webhook, cached, startedAt, target);
      // Most bodies are there already, and need no promise.
      const message = 'body' in made ? made : await made;
      request = this.request(target, message, traced?.headers);
    } catch (error) {
      return unreadable(startedAt, error);
    }
    onRequest?.(request);
    const exchange = await (traced
      ? traced.sending(() => this.sender.send(request))
      : this.sender.send(request));
    const { outcome, durationMs, responseText } = exchange;
    return {
      outcome,
      startedAt: exchange.startedAt,
      durationMs,
      responseText,
      bodySha256: request.bodySha256,
    };
  }

  /**
   * What a request carries of the event: body, signature and the headers that belong to them.
   *
   * @param now when, epoch milliseconds
   * @throws Error when the webhook's profile is not there any more, or no key opens its secrets
   */
  message(
    webhook: Webhook,
    cached: CachedEvent,
    now: number,
    target = this.targets.of(webhook),
  ): Message | Promise<Message> {
    const prepared = this.bodies.of(cached, target.shape, target.shapeKey);
    return 'body' in prepared
      ? signed(webhook, cached, now, target, prepared)
      : prepared.then((body) => signed(webhook, cached, now, target, body));
  }

  private request(
    { url, headers: custom }: WebhookTarget,
    { headers, body, bodySha256 }: Message,
    traceHeaders: Record<string, string> | undefined,
  ) {
    const own = { 'user-agent': this.options.userAgent };
    return { url, headers: headerList(traceHeaders, ...headers, own, custom), body, bodySha256 };
  }
}

function signed(
  webhook: Webhook,
  cached: CachedEvent,
  now: number,
  { secrets }: WebhookTarget,
  { body, contentType, headers, sha256 }: PreparedBody,
): Message {
  const signature = signatureHeaders({
    scheme: webhook.signing,
    settings: webhook.signingSettings,
    secrets: validSecrets(secrets, now),
    id: cached.event.id,
    // The attempt's time, not the event's: receivers refuse old timestamps (Standard Webhooks, "Webhook headers").
    timestampSeconds: Math.floor(now / 1000),
    body,
  });
  return {
    headers: [
      signature,
      isSample(cached) ? SAMPLE_MARK : {},
      { 'content-type': contentType, 'x-webhook-event': cached.event.type },
      headers,
    ],
    body,
    bodySha256: sha256,
  };
}

const SAMPLE_MARK = { 'x-webhook-test': 'true' };

/** A dialect's body has no place for the mark. */
function isSample({ event }: CachedEvent): boolean {
  return event.eventKey?.startsWith(SAMPLE_KEY_PREFIX) ?? false;
}

function unreadable(startedAt: number, error: unknown): AttemptResult {
  // Error messages of ours name keys and profiles, never a secret's content.
  const detail = error instanceof Error ? error.message : 'The request could not be built.';
  return {
    outcome: { kind: 'failed', reason: 'unreadable', detail },
    startedAt,
    durationMs: 0,
    responseText: '',
    bodySha256: '',
  };
}
