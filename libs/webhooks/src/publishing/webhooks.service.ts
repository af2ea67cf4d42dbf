import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { DomainEvent, Originator } from '../catalog/domain-events.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import { Tracing } from '../observing/tracing.js';
import type { NewWebhookEvent } from '../outbox/outbox.js';
import { Outbox } from '../outbox/outbox.js';
import { withSealedToken } from '../signing/originator-token.js';
import { SecretBox } from '../signing/secret-box.js';
import type { Clock } from '../webhooks.clock.js';
import { PublishError } from '../webhooks.errors.js';
import { WEBHOOKS_CLOCK } from '../webhooks.tokens.js';
import { prepareEvent } from './prepare-event.js';

export interface PublishOptions {
  /**
   * The manager of the transaction that changes the host's own rows: the event is then stored if and only if they are.
   * @default a transaction of the event's own
   */
  manager?: EntityManager;
}

/** Where a published event went. */
export interface PublishedEvent {
  /** The event's id: the `webhook-id` header of every request about it. */
  id: string;
  /** True when the contract had published the same `eventKey` before; `id` is the first one's then. */
  duplicate: boolean;
}

/** The firm way to tell partners what happened: in the transaction in which it happened. */
@Injectable()
export class WebhooksService {
  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(Tracing) private readonly tracing: Tracing | undefined,
  ) {}

  /**
   * Stores one event, or several in their order. Once the transaction has committed, each matching webhook gets each
   * event at least once. Never touches Redis: it neither waits for it nor fails with it.
   *
   * @returns one entry for each event, in the order given
   * @throws PublishError `UNKNOWN_EVENT_TYPE`, `INVALID_EVENT` (nothing is stored), or `NO_ACTIVE_TRANSACTION` when
   *   `manager` is not inside a transaction
   */
  async publish(
    events: DomainEvent | DomainEvent[],
    options: PublishOptions = {},
  ): Promise<PublishedEvent[]> {
    const { manager } = options;
    requireTransaction(manager);
    const prepared = (Array.isArray(events) ? events : [events]).map((event) =>
      prepareEvent(this.withoutReadableToken(event), this.clock, this.catalog),
    );
    const append = () => this.outbox.append(prepared, manager);
    const stored = await (this.tracing ? this.tracing.publishing(prepared, append) : append());
    const firsts = await this.firstsOf(
      prepared.filter((event) => !stored.has(event.id)),
      manager,
    );
    return prepared.map(({ id }) => ({ id: firsts.get(id) ?? id, duplicate: !stored.has(id) }));
  }

  /** A null event, and an originator that is null or a list, are refused by what follows. */
  private withoutReadableToken(event: DomainEvent): DomainEvent {
    const originator: Originator | null | undefined = (event as DomainEvent | null)?.originator;
    if (typeof originator !== 'object' || originator === null || Array.isArray(originator)) return event;
    return { ...event, originator: withSealedToken(originator, this.box) };
  }

  /** For events that were not stored: the id of the one that has their key. */
  private async firstsOf(
    duplicates: NewWebhookEvent[],
    manager?: EntityManager,
  ): Promise<Map<string, string>> {
    const firsts = new Map<string, string>();
    for (const contractId of new Set(duplicates.map((event) => event.contractId))) {
      const ofContract = duplicates.filter((event) => event.contractId === contractId);
      const keys = ofContract.map((event) => event.eventKey ?? '');
      const ids = await this.outbox.idsByKey(contractId, keys, manager);
      for (const { id, eventKey } of ofContract) firsts.set(id, ids.get(eventKey ?? '') ?? id);
    }
    return firsts;
  }
}

function requireTransaction(manager: EntityManager | undefined): void {
  if (!manager || manager.queryRunner?.isTransactionActive) return;
  throw new PublishError(
    'NO_ACTIVE_TRANSACTION',
    'publish was given a manager without an active transaction, so the event would be stored even if your own change is ' +
      'not. Pass the manager that dataSource.transaction() hands to its callback, or leave it out.',
  );
}
