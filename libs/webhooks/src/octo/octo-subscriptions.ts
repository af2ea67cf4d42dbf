import { Inject, Injectable } from '@nestjs/common';

import { EventCatalog } from '../catalog/event-catalog.js';
import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import type { ContractScope } from '../webhooks.options.js';
import { WebhookRegistry } from '../webhooks/webhook-registry.js';
import type { WebhookView } from '../webhooks/webhook-view.js';
import type { OctoSubscriptionDto, OctoSubscriptionPatch } from './octo-inputs.dto.js';
import { subscriptionInput, subscriptionPatch } from './octo-inputs.dto.js';
import type { DELETED } from './octo-resource.js';
import { OctoResource } from './octo-resource.js';

/** A subscription as OCTO shows it, its credentials masked. */
export interface OctoSubscription {
  id: string;
  url: string;
  notificationTypes: string[];
  headers: Record<string, string>;
}

/** OCTO's notifications capability over the registry: JSON webhooks of the profile `octo-notification`. */
@Injectable()
export class OctoSubscriptions {
  private readonly subscriptions: OctoResource;

  constructor(
    @Inject(WebhookRegistry) private readonly registry: WebhookRegistry,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {
    this.subscriptions = new OctoResource(registry, 'octo-notification', 'subscription');
  }

  async create(scope: ContractScope, input: OctoSubscriptionDto, acting?: Acting): Promise<OctoSubscription> {
    const { notificationTypes, ...fields } = await subscriptionInput.read(input, this.catalog);
    const kind = { profile: 'octo-notification', format: 'json' };
    const subscription = { ...fields, ...kind, eventTypes: notificationTypes };
    return shown(await this.registry.create(scope, subscription, acting));
  }

  async list(scope: ContractScope): Promise<OctoSubscription[]> {
    return (await this.subscriptions.list(scope)).map(shown);
  }

  async get(scope: ContractScope, id: string): Promise<OctoSubscription> {
    return shown(await this.subscriptions.get(scope, id));
  }

  /** What the patch leaves out stays. */
  async update(
    scope: ContractScope,
    id: string,
    patch: OctoSubscriptionPatch,
    acting?: Acting,
  ): Promise<OctoSubscription> {
    const { notificationTypes, ...fields } = await subscriptionPatch.read(patch, this.catalog);
    const changed = { ...fields, eventTypes: notificationTypes };
    return shown(await this.subscriptions.update(scope, id, changed, acting));
  }

  delete(scope: ContractScope, id: string, acting?: Acting): Promise<typeof DELETED> {
    return this.subscriptions.delete(scope, id, acting);
  }
}

function shown({ id, url, eventTypes, headers }: WebhookView): OctoSubscription {
  return { id, url: url ?? '', notificationTypes: eventTypes, headers: headers ?? {} };
}
