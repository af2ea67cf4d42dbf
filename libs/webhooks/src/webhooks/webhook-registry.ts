import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { ACTIVATED_NEWS } from '../catalog/operational-events.js';
import type { LaneScheduler } from '../lanes/lane-scheduler.js';
import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import type { Acting, Changes, LifecycleEvent } from '../lifecycle/webhook-lifecycle.js';
import { WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import { OperationalEvents } from '../publishing/operational-events.js';
import { HEALTHY } from '../retrying/lane-health.js';
import { newId } from '../new-id.js';
import type { Clock } from '../webhooks.clock.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import {
  LANE_SCHEDULER,
  WEBHOOKS_CLOCK,
  WEBHOOKS_DATA_SOURCE,
  WEBHOOKS_OPTIONS,
} from '../webhooks.tokens.js';
import { cancelDeliveries } from './cancel-deliveries.js';
import { CreateWebhookDto } from './create-webhook.dto.js';
import type { Page } from './keyset.js';
import { pageOf } from './keyset.js';
import { DEFAULT_PAGE_LIMIT, ListWebhooksQuery } from './list-webhooks.query.js';
import { SealedColumns } from './sealed-columns.js';
import { CHANGED_ELSEWHERE, UpdateWebhookDto } from './update-webhook.dto.js';
import { validated } from './validated.js';
import { SECRET_CHANGED } from './webhook-audit.js';
import { requireCoalescable } from './coalescing-rules.js';
import { requireTarget } from './transport-rules.js';
import { differing, ownerOf, plainColumns, sentColumns } from './webhook-changes.js';
import { positionOf, selectWebhooks } from './webhook-list.js';
import { findWebhook } from './webhook-rows.js';
import { KnownProfiles } from './known-profiles.js';
import { signingColumns } from './signing-columns.js';
import { WebhookStore } from './webhook-store.js';
import type { WebhookView, WebhookWithSecret } from './webhook-view.js';
import { WebhookViews } from './webhook-views.js';
import type { Webhook } from './webhook.entity.js';

const newWebhookInput = validated(CreateWebhookDto);
const patchInput = validated(UpdateWebhookDto, CHANGED_ELSEWHERE);
const listQuery = validated(ListWebhooksQuery);

type ByOwner = 'created' | 'updated' | 'activated' | 'deactivated' | 'deleted' | 'secret_rotated';
type News = { changes: Changes } & (
  | { type: 'webhook.updated'; fields: string[] }
  | { type: Exclude<`webhook.${ByOwner}` & LifecycleEvent['type'], 'webhook.updated'> }
);

/**
 * The webhooks of every contract. Each method takes the scope of whoever asks: a contract's id, or `ALL_CONTRACTS` for
 * an operator. Input is checked as it is over REST. Those that change something take who does it as their last argument,
 * for lifecycle events.
 *
 * Methods that take input throw `InvalidInputError` naming every field that is refused; methods that take an id throw
 * `WebhookNotFoundError` when there is no such webhook in the scope.
 */
@Injectable()
export class WebhookRegistry {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(LANE_SCHEDULER) private readonly lanes: LaneScheduler,
    @Inject(WebhookLifecycle) private readonly lifecycle: WebhookLifecycle,
    @Inject(WebhookStore) private readonly store: WebhookStore,
    @Inject(WebhookViews) private readonly views: WebhookViews,
    @Inject(SealedColumns) private readonly sealed: SealedColumns,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(KnownProfiles) private readonly profiles: KnownProfiles,
    @Inject(OperationalEvents) private readonly news: OperationalEvents,
  ) {}

  /**
   * Every event committed after it resolves reaches the webhook. No later answer holds the secret.
   *
   * @param adopted a secret that the receiver has already, for webhooks that come from another sender: `whsec_` and base64
   * for `standard`, `whsk_` and base64 for `ed25519`, any text for `hmac`
   * @throws StateConflictError `WEBHOOK_LIMIT` when the contract has `maxWebhooksPerContract` already
   */
  async create(
    scope: ContractScope,
    input: CreateWebhookDto,
    acting?: Acting,
    adopted?: { secret: string },
  ): Promise<WebhookWithSecret> {
    const fields = await newWebhookInput.read(input, this.catalog);
    this.profiles.require(fields.profile ?? 'standard', fields.format ?? 'json');
    const columns = plainColumns(fields, this.options);
    requireCoalescable(columns, this.catalog);
    const contractId = ownerOf(scope, fields.contractId);
    // Looked at once before: a contract that is full must not take the lock that all changes wait for.
    await this.store.requireRoom(contractId);
    const target = this.sealed.target(fields);
    const now = this.clock.now();
    const signing = signingColumns(fields);
    const { secretOverlapMs } = this.options;
    const { secret, sealedSecrets } = this.sealed.secret(now, secretOverlapMs, signing, adopted?.secret);
    const stored = await this.store.add({
      id: newId(this.clock),
      contractId,
      url: '',
      sealedUrl: null,
      sealedHeaders: null,
      ...target,
      ...columns,
      ...signing,
      sealedSecrets,
      status: fields.status ?? 'active',
      disabledReason: null,
      createdAt: now,
      updatedAt: now,
    });
    this.tell(stored, { type: 'webhook.created', changes: this.views.created(stored) }, acting);
    return this.views.withSecret(stored, secret);
  }

  async list(scope: ContractScope, query: ListWebhooksQuery = {}): Promise<Page<WebhookView>> {
    const filters = await listQuery.read(query, this.catalog);
    const { limit = DEFAULT_PAGE_LIMIT, sort = '-createdAt', ...rest } = filters;
    const rows = await selectWebhooks(this.dataSource, scope, { ...rest, sort }, this.catalog)
      .take(limit + 1)
      .getMany();
    const view = await this.views.ofAll(rows);
    return pageOf(rows, limit, sort, (row) => positionOf(row, sort), view);
  }

  async get(scope: ContractScope, id: string): Promise<WebhookView> {
    return this.views.of(await findWebhook(this.dataSource.manager, scope, id));
  }

  /** What the patch leaves out stays. Requests that are already under way still use the old values. */
  async update(
    scope: ContractScope,
    id: string,
    patch: UpdateWebhookDto,
    acting?: Acting,
  ): Promise<WebhookView> {
    const input = await patchInput.read(patch, this.catalog);
    let fields: string[] = [];
    const changed = await this.store.change(scope, id, async (stored, manager) => {
      const sent = sentColumns(input);
      this.profiles.require(sent.profile ?? stored.profile, sent.format ?? stored.format);
      const target = this.sealed.target(input, stored);
      requireTarget({ ...stored, ...sent, ...target });
      requireCoalescable({ ...stored, ...sent }, this.catalog);
      const changedTarget = this.sealed.differing(stored, target);
      fields = [...differing(stored, sent), ...changedTarget];
      // A new URL is a new receiver: what the old one did is not held against it.
      if (changedTarget.includes('url')) await resetLane(manager, id);
      return fields.length === 0 ? undefined : { ...sent, ...target };
    });
    if (fields.length > 0) {
      const changes = this.views.changes(changed, fields);
      this.tell(changed.webhook, { type: 'webhook.updated', fields, changes }, acting);
    }
    if (fields.includes('url')) this.lanes.wake([id]);
    return this.views.of(changed.webhook);
  }

  /** Deliveries that were not sent yet are cancelled, and no answer shows the webhook any more. */
  async delete(scope: ContractScope, id: string, acting?: Acting): Promise<void> {
    const { stored, webhook } = await this.store.change(scope, id, () => ({
      status: 'deleted',
      disabledReason: null,
      url: '',
      sealedUrl: null,
      sealedHeaders: null,
      sealedSecrets: '',
    }));
    const changes = { status: { from: stored.status, to: 'deleted' }, url: { from: stored.url, to: null } };
    this.tell(webhook, { type: 'webhook.deleted', changes }, acting);
    await cancelDeliveries(this.dataSource, id, webhook.updatedAt);
  }

  /** Switches it on with a clean record. What is held stays so until a recovery. Does nothing to an active webhook. */
  async activate(scope: ContractScope, id: string, acting?: Acting): Promise<WebhookView> {
    let activated = false;
    const changed = await this.store.change(scope, id, async (stored, manager) => {
      activated = stored.status !== 'active';
      if (!activated) return undefined;
      await resetLane(manager, id);
      if (stored.status === 'disabled')
        await this.news.append('webhook.resumed', stored, ACTIVATED_NEWS, manager);
      return { status: 'active', disabledReason: null };
    });
    if (activated) {
      const changes = this.views.changes(changed);
      this.tell(changed.webhook, { type: 'webhook.activated', changes }, acting);
      this.lanes.wake([id]);
    }
    return this.views.of(changed.webhook);
  }

  /** Switches it off. It is silent from then on: pending and held deliveries are cancelled, new events pass it by. */
  async deactivate(scope: ContractScope, id: string, acting?: Acting): Promise<WebhookView> {
    let deactivated = false;
    const changed = await this.store.change(scope, id, (stored) => {
      deactivated = stored.status !== 'inactive';
      return deactivated ? { status: 'inactive', disabledReason: null } : undefined;
    });
    if (deactivated) {
      const changes = this.views.changes(changed);
      this.tell(changed.webhook, { type: 'webhook.deactivated', changes }, acting);
    }
    await cancelDeliveries(this.dataSource, id, this.clock.now());
    return this.views.of(changed.webhook);
  }

  /** Requests are signed with the new and the old secret until `secretOverlapMs` have passed. */
  async rotateSecret(scope: ContractScope, id: string, acting?: Acting): Promise<WebhookWithSecret> {
    let secret = '';
    const { webhook } = await this.store.change(scope, id, (stored) => {
      const rotated = this.sealed.secret(this.clock.now(), this.options.secretOverlapMs, stored);
      secret = rotated.secret;
      return { sealedSecrets: rotated.sealedSecrets };
    });
    this.tell(webhook, { type: 'webhook.secret_rotated', changes: SECRET_CHANGED }, acting);
    return this.views.withSecret(webhook, secret);
  }

  private tell(webhook: Webhook, news: News, { by }: Acting = {}): void {
    const { id: webhookId, contractId, updatedAt: at } = webhook;
    this.lifecycle.tell({ webhookId, contractId, at, by: by ?? null, ...news });
  }
}

async function resetLane(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.update(WebhookLane, { webhookId }, HEALTHY);
}
