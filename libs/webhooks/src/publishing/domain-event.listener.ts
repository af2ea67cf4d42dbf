import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import type { DomainEvent } from '../catalog/domain-events.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { DomainEventMapper, DomainEventMapping } from './domain-event.mapping.js';
import { WebhooksService } from './webhooks.service.js';

/** The part of eventemitter2 that is used: any emitter the host provides will do. */
interface Emitter {
  on(name: string, listener: (payload: unknown) => void): unknown;
  off(name: string, listener: (payload: unknown) => void): unknown;
}

/** Canonical events are emitted as they are published: `emit('booking.cancelled', bookingCancelled({ … }))`. */
function canonicalMapping(types: readonly string[]): DomainEventMapping {
  return Object.fromEntries(types.map((type) => [type, (payload: DomainEvent) => ({ ...payload, type })]));
}

/**
 * Publishes what the host emits. Each name is listened to by itself: a wildcard would hear nothing under
 * EventEmitterModule's defaults. The emitter does not wait and never sees an error; for the firm promise there is
 * {@link WebhooksService.publish}.
 */
@Injectable()
export class DomainEventListener {
  private readonly logger = new Logger(DomainEventListener.name);
  private readonly publishing = new Set<Promise<void>>();
  private readonly subscriptions: [name: string, listener: (payload: unknown) => void][] = [];
  private emitter: Emitter | undefined;

  constructor(
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(WebhooksService) private readonly webhooks: WebhooksService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {}

  async start(): Promise<void> {
    this.emitter = await this.hostEmitter();
    if (!this.emitter) return;
    const mapping = this.options.events ?? canonicalMapping(this.catalog.canonicalTypes);
    for (const [name, mapper] of Object.entries(mapping)) {
      const listener = (payload: unknown) => this.hear(name, mapper, payload);
      this.emitter.on(name, listener);
      this.subscriptions.push([name, listener]);
    }
  }

  /** Hears nothing more; resolves when everything heard is stored. */
  async stop(): Promise<void> {
    for (const [name, listener] of this.subscriptions.splice(0)) this.emitter?.off(name, listener);
    await Promise.all(this.publishing);
  }

  private hear(name: string, mapper: DomainEventMapper, payload: unknown): void {
    const publishing = this.publish(mapper, payload).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error(`The domain event '${name}' was not published: ${reason}`);
    });
    this.publishing.add(publishing);
    void publishing.finally(() => this.publishing.delete(publishing));
  }

  /** Nothing is awaited before the payload is JSON text: the host may change its objects as soon as emit() returns. */
  private async publish(mapper: DomainEventMapper, payload: unknown): Promise<void> {
    const events = mapper(payload as never);
    if (events && (!Array.isArray(events) || events.length > 0)) await this.webhooks.publish(events);
  }

  private async hostEmitter(): Promise<Emitter | undefined> {
    try {
      const { EventEmitter2 } = await import('@nestjs/event-emitter');
      return this.moduleRef.get<Emitter>(EventEmitter2, { strict: false });
    } catch {
      if (!this.options.events) return undefined;
      throw new WebhooksConfigurationError(
        'NO_EVENT_EMITTER',
        'events',
        "The option 'events' maps domain events, but the application has no event emitter. Import " +
          'EventEmitterModule.forRoot() from @nestjs/event-emitter, or remove the option.',
      );
    }
  }
}
