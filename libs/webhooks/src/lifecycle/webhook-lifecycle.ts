import { Injectable, Logger } from '@nestjs/common';

import type { DisabledReason } from '../webhooks/webhook.entity.js';

/** Who makes a change, for the last argument of methods that make one. */
export interface Acting {
  /**
   * The person or the program, as the host knows it. An id rather than a name or an address: it is logged.
   *
   * @default nobody is named, which listeners hear as null
   */
  by?: string;
}

/** What the engine calls itself as the author of a change. */
export const SYSTEM = 'system';

/** What a change did: field → its values before and after. Secrets, header values and credentials are `***`. */
export type Changes = Record<string, { from: unknown; to: unknown }>;

interface OfWebhook {
  webhookId: string;
  contractId: string;
  /** Epoch milliseconds. */
  at: number;
  /** Who did it: what `access.actor` or {@link Acting} named, `system` for the engine, null when nobody was named. */
  by: string | null;
}

/** Something that happened to a webhook, for the host to log, alert on or act upon. Holds no secret. */
export type LifecycleEvent = OfWebhook &
  (
    | { type: 'webhook.created'; changes: Changes }
    | { type: 'webhook.updated'; fields: string[]; changes: Changes }
    | { type: 'webhook.activated'; changes: Changes }
    | { type: 'webhook.deactivated'; changes: Changes }
    | { type: 'webhook.deleted'; changes: Changes }
    | { type: 'webhook.secret_rotated'; changes: Changes }
    | { type: 'webhook.disabled'; reason: DisabledReason; held: number; changes: Changes }
    | { type: 'webhook.recovered'; since: number; recovered: number }
    | { type: 'webhook.paused'; until: number; consecutiveFailures: number }
    | { type: 'webhook.resumed' }
    | { type: 'delivery.redelivered'; deliveryId: string; eventId: string }
    | { type: 'delivery.exhausted'; deliveryId: string; eventId: string; eventType: string }
  );

export type LifecycleListener = (event: LifecycleEvent) => void;

/** Tells the host what happens to its partners' webhooks, and writes a line for each change. */
@Injectable()
export class WebhookLifecycle {
  private readonly logger = new Logger(WebhookLifecycle.name);
  private readonly listeners = new Set<LifecycleListener>();

  /** Hears every lifecycle event of this process from now on. Returns the function that ends it. */
  subscribe(listener: LifecycleListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @internal */
  tell(event: LifecycleEvent): void {
    const line = auditLine(event);
    if (line !== undefined) this.logger[event.type === 'webhook.disabled' ? 'warn' : 'log'](line);
    for (const listener of this.listeners) {
      // The host's listener failed, not the delivery: it must not reach the lane that told of it.
      const failed = (error: unknown) =>
        this.logger.error(
          `A lifecycle listener failed on ${event.type} of webhook ${event.webhookId}: ${String(error)}`,
        );
      try {
        // An asynchronous one is a listener as well, and its rejection would end the process.
        Promise.resolve(listener(event)).catch(failed);
      } catch (error) {
        failed(error);
      }
    }
  }
}

/** What is not in a line: an order number in a filter or a path of a URL can be personal. */
const UNLOGGED = new Set(['type', 'webhookId', 'contractId', 'at', 'by', 'changes', 'since', 'fields']);

/** A change as `name=value` pairs; undefined for what is no change but a receiver's doing. */
function auditLine(event: LifecycleEvent): string | undefined {
  const { type, webhookId, contractId, by } = event;
  if (type === 'webhook.paused' || type === 'webhook.resumed' || type === 'delivery.exhausted')
    return undefined;
  const facts = {
    webhook: webhookId,
    contract: contractId,
    by: by ?? '-',
    ...('changes' in event ? { changed: Object.keys(event.changes).join(',') } : {}),
    ...('since' in event ? { since: new Date(event.since).toISOString() } : {}),
    ...Object.fromEntries(Object.entries(event).filter(([name]) => !UNLOGGED.has(name))),
  };
  const pairs = Object.entries(facts).map(([name, value]) => `${name}=${logged(String(value))}`);
  return [type, ...pairs].join(' ');
}

/** Quoted unless it is one word: what a host or a partner chose must not look like the next pair, or the next line. */
function logged(value: string): string {
  return /^[\w.:,@/-]+$/.test(value) ? value : JSON.stringify(value);
}
