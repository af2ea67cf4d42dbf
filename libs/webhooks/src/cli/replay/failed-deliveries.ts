import type { DataSource, SelectQueryBuilder } from 'typeorm';

import type { DeliveryStatus } from '../../deliveries/webhook-delivery.entity.js';
import { WebhookDelivery } from '../../deliveries/webhook-delivery.entity.js';
import { firstIdAt } from '../../first-id-at.js';
import type { WebhookStatus } from '../../webhooks/webhook.entity.js';
import { Webhook } from '../../webhooks/webhook.entity.js';

const ROWS_PER_STATEMENT = 500;

/** Deliveries that were made from `from` on and before `until`, and did not succeed; tests are none. */
export interface FailedSince {
  from: Date;
  until: Date;
  statuses: DeliveryStatus[];
  webhookId?: string;
  contractId?: string;
}

/** How many there are of webhooks of each status: only those of active ones can be sent. */
export async function countFailed(
  dataSource: DataSource,
  wanted: FailedSince,
): Promise<{ webhook: WebhookStatus; deliveries: number }[]> {
  const rows = await failed(dataSource, wanted)
    .innerJoin(Webhook, 'webhook', 'webhook.id = delivery.webhookId')
    .select('webhook.status', 'status')
    .addSelect('COUNT(*)', 'count')
    .groupBy('webhook.status')
    .orderBy('webhook.status')
    .getRawMany<{ status: WebhookStatus; count: string }>();
  return rows.map(({ status, count }) => ({ webhook: status, deliveries: Number(count) }));
}

/** Their ids, oldest first. */
export async function* failedDeliveries(dataSource: DataSource, wanted: FailedSince): AsyncGenerator<string> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: WebhookDelivery[] = await failed(dataSource, wanted)
      .select('delivery.id')
      .andWhere('delivery.id > :after', { after })
      .orderBy('delivery.id')
      .limit(ROWS_PER_STATEMENT)
      .getMany();
    for (const { id } of rows) yield id;
    after = rows.length < ROWS_PER_STATEMENT ? undefined : rows.at(-1)?.id;
  }
}

/** By their ids, which begin with the time they were made: no other index knows when that was. */
function failed(
  dataSource: DataSource,
  { from, until, statuses, webhookId, contractId }: FailedSince,
): SelectQueryBuilder<WebhookDelivery> {
  const query = dataSource
    .getRepository(WebhookDelivery)
    .createQueryBuilder('delivery')
    .where('delivery.id >= :first AND delivery.id < :end', {
      first: firstIdAt(from.getTime()),
      end: firstIdAt(until.getTime()),
    })
    .andWhere("delivery.status IN (:...statuses) AND delivery.trigger <> 'test'", { statuses });
  if (webhookId !== undefined) query.andWhere('delivery.webhookId = :webhookId', { webhookId });
  if (contractId !== undefined) query.andWhere('delivery.contractId = :contractId', { contractId });
  return query;
}
