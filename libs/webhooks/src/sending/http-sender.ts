import { HttpService } from '@nestjs/axios';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { AxiosAdapter } from 'axios';
import type { Agent } from 'undici';

import type { Outcome } from '../retrying/outcome.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';

import { AddressPolicy } from './address-policy.js';
import { outcomeOf } from './answer-outcome.js';
import { createGuardedAgent } from './guarded-agent.js';
import type { GuardedAgentOptions } from './guarded-agent.js';
import type { HeaderList } from './header-list.js';
import { responseText } from './response-text.js';
import { dialled } from './target-url.js';
import { exchange, undiciAdapter, WireRequest } from './undici-adapter.js';
import type { WireAnswer } from './undici-adapter.js';
import { UrlPolicy } from './url-policy.js';

const REMEMBERED_TARGETS = 2_000;

/** One POST. */
export interface OutboundRequest {
  /** May carry user and password: they become `Authorization`, unless `headers` has one. */
  url: string;
  /** All there are, but for `Host`, `Content-Length` and `Connection`. */
  headers: HeaderList;
  /** Sent byte for byte. */
  body: Buffer;
}

/** One request and what came back. */
export interface Exchange {
  outcome: Outcome;
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  /** The first 16 kB of the response as text, see {@link responseText}. */
  responseText: string;
}

/** Where names resolve and whose certificates are trusted: other people's platforms, which specs replace. */
export const SENDER_NETWORK = Symbol.for('nestjs-booking-webhooks.sender-network');

export type SenderNetwork = Pick<GuardedAgentOptions, 'resolve' | 'ca'>;

type SenderOptions = Pick<
  ResolvedWebhooksOptions,
  'allowHttp' | 'allowedAddresses' | 'deadlineMs' | 'maxResponseBytes' | 'httpClient'
>;

type Target =
  | { ok: true; origin: string; path: string; authorization: string | undefined }
  | { ok: false; detail: string };

/** Sends one request and says what became of it, as a value. Its connections are kept alive until `close`. */
@Injectable()
export class HttpSender {
  private readonly urls: UrlPolicy;
  private readonly agent: Agent;
  private readonly adapter: AxiosAdapter;
  private readonly targets = new Map<string, Target>();
  private closing: Promise<void> | undefined;

  constructor(
    @Inject(HttpService) private readonly http: HttpService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: SenderOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Optional() @Inject(SENDER_NETWORK) network?: SenderNetwork,
  ) {
    this.urls = new UrlPolicy(options);
    this.agent = createGuardedAgent({
      addresses: new AddressPolicy(options.allowedAddresses),
      connectTimeoutMs: options.deadlineMs,
      maxResponseBytes: options.maxResponseBytes,
      ...network,
    });
    this.adapter = undiciAdapter(this.agent);
  }

  /**
   * Sends once and resolves, whatever the receiver does: within the deadline, without following redirects.
   *
   * @throws Error after `close`
   */
  async send(request: OutboundRequest): Promise<Exchange> {
    if (this.closing) throw new Error('HttpSender is closed; nothing can be sent any more.');
    const startedAt = this.clock.now();
    const started = performance.now();
    const target = this.targetOf(request.url);
    if (!target.ok) return refused(target.detail, startedAt);
    const wire = this.wireRequest(target, request);
    const answer = await (this.options.httpClient === 'undici'
      ? exchange(this.agent, wire)
      : this.byAxios(wire));
    return {
      outcome: outcomeOf(answer, this.clock.now()),
      startedAt,
      durationMs: Math.round(performance.now() - started),
      responseText: responseText(answer.body, answer.headers['content-encoding']),
    };
  }

  /** Waits for the requests in flight, then closes every connection. */
  close(): Promise<void> {
    this.closing ??= this.agent.close();
    return this.closing;
  }

  private async byAxios(data: WireRequest): Promise<WireAnswer> {
    const response = await this.http.axiosRef.request<WireAnswer>({ adapter: this.adapter, data });
    return response.data;
  }

  private wireRequest(target: Target & { ok: true }, { headers, body }: OutboundRequest): WireRequest {
    const { deadlineMs, maxResponseBytes } = this.options;
    return new WireRequest(
      target.origin,
      target.path,
      authorized(headers, target.authorization),
      body,
      deadlineMs,
      maxResponseBytes,
    );
  }

  /** Parsing and judging a URL costs more than the rest of a request's preparation, and targets repeat. */
  private targetOf(url: string): Target {
    const known = this.targets.get(url);
    if (known) return known;
    const target = this.judge(url);
    if (this.targets.size >= REMEMBERED_TARGETS) this.targets.clear();
    this.targets.set(url, target);
    return target;
  }

  private judge(url: string): Target {
    const verdict = this.urls.check(url);
    if (!verdict.ok) {
      return {
        ok: false,
        detail: `The URL is not dialled: ${verdict.reason}. Expected: ${verdict.expected}.`,
      };
    }
    const { origin, pathname, search } = verdict.url;
    return { ok: true, origin, path: pathname + search, authorization: dialled(url).authorization };
  }
}

function refused(detail: string, startedAt: number): Exchange {
  return {
    outcome: { kind: 'failed', reason: 'address_refused', detail },
    startedAt,
    durationMs: 0,
    responseText: '',
  };
}

function authorized(headers: HeaderList, authorization: string | undefined): HeaderList {
  if (authorization === undefined) return headers;
  const isName = (_: string, index: number) => index % 2 === 0;
  const hasOne = headers.filter(isName).some((name) => name.toLowerCase() === 'authorization');
  return hasOne ? headers : [...headers, 'authorization', authorization];
}
