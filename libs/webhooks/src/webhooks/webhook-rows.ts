import type { EntityManager } from 'typeorm';
import { In, Not } from 'typeorm';
import { validate as isUuid } from 'uuid';

import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import { WebhookNotFoundError } from '../webhooks.errors.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { Webhook } from './webhook.entity.js';

/**
 * The one way to a webhook by its id: a deleted one, another contract's and none at all look the same.
 *
 * @throws WebhookNotFoundError
 */
export async function findWebhook(
  manager: EntityManager,
  scope: ContractScope,
  id: string,
): Promise<Webhook> {
  const webhook = isUuid(id)
    ? await manager.findOneBy(Webhook, {
        id,
        status: Not('deleted'),
        ...(scope === ALL_CONTRACTS ? {} : { contractId: scope }),
      })
    : null;
  if (!webhook) throw new WebhookNotFoundError(id);
  return webhook;
}

/** Lanes by their webhook's id. */
export async function lanesOf(
  manager: EntityManager,
  webhookIds: string[],
): Promise<Map<string, WebhookLane>> {
  if (webhookIds.length === 0) return new Map();
  const lanes = await manager.findBy(WebhookLane, { webhookId: In(webhookIds) });
  return new Map(lanes.map((lane) => [lane.webhookId, lane]));
}
