import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MoreThan } from 'typeorm';

import { StoredChange } from '../catalog/event-change.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import type { Interest } from '../catalog/interest.js';
import { COALESCABLE_EVENT_TYPES } from '../catalog/event-types.js';
import { isNewsOf } from '../catalog/operational-events.js';
import type { Transport } from '../webhooks/webhook.entity.js';
import { Webhook } from '../webhooks/webhook.entity.js';

interface Subscription {
  webhookId: string;
  interest: Interest;
}

/** A stored event, as far as it matters to whom it goes. */
export interface MatchableEvent {
  contractId: string;
  type: string;
  resourceKey: string | null;
  /** JSON text, like `previous`; read only when a subscription's answer depends on it. */
  data: string;
  previous: string | null;
}

/**
 * Which active webhooks want which events, in memory. Exact rather than fresh: the change counter that the relay reads with
 * the events it claims shows every webhook whose creation was answered before they committed.
 */
@Injectable()
export class SubscriptionIndex {
  private readonly byContract = new Map<string, Map<string, Subscription>>();
  private readonly contractOf = new Map<string, string>();
  private readonly ordered = new Set<string>();
  /** Of those that have a feed. */
  private readonly feeding = new Map<string, Transport>();
  /** Of those that coalesce. */
  private readonly waits = new Map<string, number>();
  private seen = 0;

  constructor(@Inject(EventCatalog) private readonly catalog: EventCatalog) {}

  /**
   * Loads what has changed since the last call; no statement when nothing has.
   *
   * @param change the number of the last change, as the statement that claimed the events saw it
   */
  async refresh(change: number, manager: EntityManager): Promise<void> {
    if (change <= this.seen) return;
    const changed = await manager.find(Webhook, {
      where: { changeSeq: MoreThan(this.seen) },
      select: {
        id: true,
        contractId: true,
        eventTypes: true,
        filters: true,
        status: true,
        ordering: true,
        transport: true,
        coalesceMs: true,
      },
    });
    for (const webhook of changed) this.apply(webhook);
    this.seen = change;
  }

  /** The webhooks that get an event, each once however many of its event types match. None gets news of itself. */
  match(event: MatchableEvent): string[] {
    const subscriptions = this.byContract.get(event.contractId);
    if (!subscriptions) return [];
    const change = new StoredChange(event);
    const matching: string[] = [];
    for (const { webhookId, interest } of subscriptions.values()) {
      if (interest.wants(change) && !isNewsOf(event, webhookId)) matching.push(webhookId);
    }
    return matching;
  }

  /** Whether a webhook wants its deliveries about one resource in their order. */
  isOrdered(webhookId: string): boolean {
    return this.ordered.has(webhookId);
  }

  /** How a webhook's events reach its owner. */
  transportOf(webhookId: string): Transport {
    return this.feeding.get(webhookId) ?? 'push';
  }

  /** How long an event waits for a newer one about its resource; undefined: it is sent at once. */
  waitOf({ type, resourceKey }: MatchableEvent, webhookId: string): number | undefined {
    const waitMs = this.waits.get(webhookId);
    if (waitMs === undefined || resourceKey === null) return undefined;
    return COALESCABLE_EVENT_TYPES.includes(type) ? waitMs : undefined;
  }

  private apply({
    id,
    contractId,
    eventTypes,
    filters,
    status,
    ordering,
    transport,
    coalesceMs,
  }: Webhook): void {
    const before = this.contractOf.get(id);
    if (before !== undefined) this.byContract.get(before)?.delete(id);
    this.contractOf.delete(id);
    this.ordered.delete(id);
    this.feeding.delete(id);
    this.waits.delete(id);
    if (status !== 'active') return;
    const subscriptions = this.byContract.get(contractId) ?? new Map<string, Subscription>();
    this.byContract.set(contractId, subscriptions);
    subscriptions.set(id, { webhookId: id, interest: this.catalog.interest(eventTypes, filters) });
    this.contractOf.set(id, contractId);
    if (ordering === 'resource') this.ordered.add(id);
    if (transport !== 'push') this.feeding.set(id, transport);
    if (coalesceMs !== null) this.waits.set(id, coalesceMs);
  }
}
