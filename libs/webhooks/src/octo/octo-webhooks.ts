import { Inject, Injectable } from '@nestjs/common';

import { EventCatalog } from '../catalog/event-catalog.js';
import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import type { ContractScope } from '../webhooks.options.js';
import { WebhookRegistry } from '../webhooks/webhook-registry.js';
import type { WebhookView } from '../webhooks/webhook-view.js';
import type { OctoWebhookDto, OctoWebhookPatch } from './octo-inputs.dto.js';
import { webhookInput, webhookPatch } from './octo-inputs.dto.js';
import type { DELETED } from './octo-resource.js';
import { OctoResource } from './octo-resource.js';

/** A webhook as OCTO shows it, its credentials masked. */
export interface OctoWebhook {
  id: string;
  /** With commas between them, should the webhook have been given several event types past OCTO's routes. */
  event: string;
  url: string;
  retryOnError: boolean;
  useContactLanguage: boolean;
  headers: Record<string, string>;
  capabilities: string[];
}

/** OCTO's webhooks capability over the registry: JSON webhooks of the profile `octo` with one event type each. */
@Injectable()
export class OctoWebhooks {
  private readonly webhooks: OctoResource;

  constructor(
    @Inject(WebhookRegistry) private readonly registry: WebhookRegistry,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {
    this.webhooks = new OctoResource(registry, 'octo', 'webhook');
  }

  async create(
    scope: ContractScope,
    input: OctoWebhookDto,
    capabilities: string[],
    acting?: Acting,
  ): Promise<OctoWebhook> {
    const { event, ...fields } = await webhookInput.read(input, this.catalog);
    const webhook = { ...fields, eventTypes: [event], profile: 'octo', format: 'json', capabilities };
    return shown(await this.registry.create(scope, webhook, acting));
  }

  async list(scope: ContractScope): Promise<OctoWebhook[]> {
    return (await this.webhooks.list(scope)).map(shown);
  }

  async get(scope: ContractScope, id: string): Promise<OctoWebhook> {
    return shown(await this.webhooks.get(scope, id));
  }

  /** What the patch leaves out stays, except the capabilities, which are always those of the request. */
  async update(
    scope: ContractScope,
    id: string,
    patch: OctoWebhookPatch,
    capabilities: string[],
    acting?: Acting,
  ): Promise<OctoWebhook> {
    const { event, ...fields } = await webhookPatch.read(patch, this.catalog);
    const eventTypes = event === undefined ? undefined : [event];
    return shown(await this.webhooks.update(scope, id, { ...fields, eventTypes, capabilities }, acting));
  }

  delete(scope: ContractScope, id: string, acting?: Acting): Promise<typeof DELETED> {
    return this.webhooks.delete(scope, id, acting);
  }
}

function shown(webhook: WebhookView): OctoWebhook {
  const { id, eventTypes, url, retryOnError, useContactLanguage, headers, capabilities } = webhook;
  const event = eventTypes.join(',');
  return {
    id,
    event,
    url: url ?? '',
    retryOnError,
    useContactLanguage,
    headers: headers ?? {},
    capabilities,
  };
}
