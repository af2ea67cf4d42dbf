import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { ACTIVATED_NEWS } from '../catalog/operational-events.js';
import { inTransaction } from '../database/portable-sql.js';
import type { LaneScheduler } from '../lanes/lane-scheduler.js';
import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import { nextChange } from '../lifecycle/change-counter.js';
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
import { changesBetween, SECRET_CHANGED } from './webhook-audit.js';
import { requireCoalescable } from './coalescing-rules.js';
import { requireTarget } from './transport-rules.js';
import { differing, ownerOf, plainColumns, sentColumns } from './webhook-changes.js';
import { requireRoom } from './webhook-limit.js';
import { positionOf, selectWebhooks } from './webhook-list.js';
import { findWebhook, lanesOf } from './webhook-rows.js';
import { KnownProfiles } from './known-profiles.js';
import { signingColumns } from './signing-columns.js';
import type { WebhookView, WebhookWithSecret } from './webhook-view.js';
import { webhookView } from './webhook-view.js';
import { Webhook } from './webhook.entity.js';

const newWebhookInput = validated(CreateWebhookDto);
const patchInput = validated(UpdateWebhookDto, CHANGED_ELSEWHERE);
const listQuery = validated(ListWebhooksQuery);

type Change = Partial<Omit<Webhook, 'id' | 'changeSeq' | 'updatedAt'>>;
type ByOwner = 'created' | 'updated' | 'activated' | 'deactivated' | 'deleted' | 'secret_rotated';
type News = { changes: Changes } & (
  | { type: 'webhook.updated'; fields: string[] }
  | { type: Exclude<`webhook.${ByOwner}` & LifecycleEvent['type'], 'webhook.updated'> }
);
/** A webhook before and after a change; the same one twice when nothing changed. */
interface Changed {
  stored: Webhook;
  webhook: Webhook;
}

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
    const { maxWebhooksPerContract } = this.options;
    // Looked at once before: a contract that is full must not take the lock that all changes wait for.
    await requireRoom(this.dataSource.manager, contractId, maxWebhooksPerContract);
    const target = this.sealed.target(fields);
    const now = this.clock.now();
    const signing = signingColumns(fields);
    const { secretOverlapMs } = this.options;
    const { secret, sealedSecrets } = this.sealed.secret(now, secretOverlapMs, signing, adopted?.secret);
    const webhook: Omit<Webhook, 'changeSeq'> = {
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
    };
    const stored = await inTransaction(this.dataSource, async (manager) => {
      const row = { ...webhook, changeSeq: await nextChange(manager) };
      await requireRoom(manager, contractId, maxWebhooksPerContract);
      await manager.insert(Webhook, row);
      await manager.insert(WebhookLane, { webhookId: row.id });
      return row;
    });
    const changes = changesBetween(null, this.shown(stored));
    this.tell(stored, { type: 'webhook.created', changes }, acting);
    return this.withSecret(stored, secret);
  }

  async list(scope: ContractScope, query: ListWebhooksQuery = {}): Promise<Page<WebhookView>> {
    const filters = await listQuery.read(query, this.catalog);
    const { limit = DEFAULT_PAGE_LIMIT, sort = '-createdAt', ...rest } = filters;
    const rows = await selectWebhooks(this.dataSource, scope, { ...rest, sort }, this.catalog)
      .take(limit + 1)
      .getMany();
    const lanes = await lanesOf(
      this.dataSource.manager,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      sort,
      (row) => positionOf(row, sort),
      (row) => webhookView(row, lanes.get(row.id), this.sealed.shown(row)),
    );
  }

  async get(scope: ContractScope, id: string): Promise<WebhookView> {
    return this.view(await findWebhook(this.dataSource.manager, scope, id));
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
    const changed = await this.change(scope, id, async (stored, manager) => {
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
      const changes = this.changes(changed, fields);
      this.tell(changed.webhook, { type: 'webhook.updated', fields, changes }, acting);
    }
    if (fields.includes('url')) this.lanes.wake([id]);
    return this.view(changed.webhook);
  }

  /** Deliveries that were not sent yet are cancelled, and no answer shows the webhook any more. */
  async delete(scope: ContractScope, id: string, acting?: Acting): Promise<void> {
    const { stored, webhook } = await this.change(scope, id, () => ({
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
    const changed = await this.change(scope, id, async (stored, manager) => {
      activated = stored.status !== 'active';
      if (!activated) return undefined;
      await resetLane(manager, id);
      if (stored.status === 'disabled')
        await this.news.append('webhook.resumed', stored, ACTIVATED_NEWS, manager);
      return { status: 'active', disabledReason: null };
    });
    if (activated) {
      const changes = this.changes(changed);
      this.tell(changed.webhook, { type: 'webhook.activated', changes }, acting);
      this.lanes.wake([id]);
    }
    return this.view(changed.webhook);
  }

  /** Switches it off. It is silent from then on: pending and held deliveries are cancelled, new events pass it by. */
  async deactivate(scope: ContractScope, id: string, acting?: Acting): Promise<WebhookView> {
    let deactivated = false;
    const changed = await this.change(scope, id, (stored) => {
      deactivated = stored.status !== 'inactive';
      return deactivated ? { status: 'inactive', disabledReason: null } : undefined;
    });
    if (deactivated) {
      const changes = this.changes(changed);
      this.tell(changed.webhook, { type: 'webhook.deactivated', changes }, acting);
    }
    await cancelDeliveries(this.dataSource, id, this.clock.now());
    return this.view(changed.webhook);
  }

  /** Requests are signed with the new and the old secret until `secretOverlapMs` have passed. */
  async rotateSecret(scope: ContractScope, id: string, acting?: Acting): Promise<WebhookWithSecret> {
    let secret = '';
    const { webhook } = await this.change(scope, id, (stored) => {
      const rotated = this.sealed.secret(this.clock.now(), this.options.secretOverlapMs, stored);
      secret = rotated.secret;
      return { sealedSecrets: rotated.sealedSecrets };
    });
    this.tell(webhook, { type: 'webhook.secret_rotated', changes: SECRET_CHANGED }, acting);
    return this.withSecret(webhook, secret);
  }

  /**
   * Changes a webhook under the change counter's lock, which is what makes every subscription index see the change.
   *
   * @param decide what to change in the webhook as it is then; undefined: nothing
   */
  private async change(
    scope: ContractScope,
    id: string,
    decide: (stored: Webhook, manager: EntityManager) => Change | undefined | Promise<Change | undefined>,
  ): Promise<Changed> {
    // Looked up once before: an id that does not exist must not take the lock that all changes wait for.
    await findWebhook(this.dataSource.manager, scope, id);
    return inTransaction(this.dataSource, async (manager) => {
      const changeSeq = await nextChange(manager);
      const stored = await findWebhook(manager, scope, id);
      const change = await decide(stored, manager);
      if (!change) return { stored, webhook: stored };
      const columns = { ...change, changeSeq, updatedAt: this.clock.now() };
      await manager.update(Webhook, { id }, columns);
      return { stored, webhook: { ...stored, ...columns } };
    });
  }

  private changes({ stored, webhook }: Changed, masked?: readonly string[]): Changes {
    return changesBetween(this.shown(stored), this.shown(webhook), masked);
  }

  /** What may be told of it to anybody who hears of its changes. */
  private shown(webhook: Webhook): WebhookView {
    return webhookView(webhook, undefined, this.sealed.shown(webhook));
  }

  private async view(webhook: Webhook): Promise<WebhookView> {
    const lanes = await lanesOf(this.dataSource.manager, [webhook.id]);
    return webhookView(webhook, lanes.get(webhook.id), this.sealed.shown(webhook));
  }

  /** The private half of an `ed25519` pair leaves nobody's hands; its public half is in every view. */
  private async withSecret(webhook: Webhook, secret: string): Promise<WebhookWithSecret> {
    const view = await this.view(webhook);
    return webhook.signing === 'ed25519' || webhook.signing === 'none' ? view : { ...view, secret };
  }

  private tell(webhook: Webhook, news: News, { by }: Acting = {}): void {
    const { id: webhookId, contractId, updatedAt: at } = webhook;
    this.lifecycle.tell({ webhookId, contractId, at, by: by ?? null, ...news });
  }
}

async function resetLane(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.update(WebhookLane, { webhookId }, HEALTHY);
}
