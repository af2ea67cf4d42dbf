import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import type { WebhookRegistry } from 'nestjs-booking-webhooks';
import type { DataSource } from 'typeorm';

import { OldWebhook } from './old-sender.js';
import { MovedWebhook } from './moved-webhook.entity.js';

const BY = { by: 'migration' };

/** Copies every webhook that was not copied yet, switched off. May be ended and run again. */
export async function importWebhooks(dataSource: DataSource, registry: WebhookRegistry): Promise<number> {
  const waiting = await dataSource
    .getRepository(OldWebhook)
    .createQueryBuilder('old')
    .leftJoin(MovedWebhook, 'moved', 'moved.oldId = old.id')
    .where({ active: true })
    .andWhere('moved.oldId IS NULL')
    .getMany();
  for (const { id, contractId, url, secret } of waiting) {
    const input = { contractId, url, eventTypes: ['*'], status: 'inactive' as const };
    // The receiver's own secret, in the form of Standard Webhooks: nothing changes for it.
    const moved = await registry.create(ALL_CONTRACTS, input, BY, { secret: `whsec_${secret}` });
    await dataSource.getRepository(MovedWebhook).insert({ oldId: id, newId: moved.id });
  }
  return waiting.length;
}

/** From the old sender to the module. For a moment both send, under one webhook-id; at no moment none does. */
export async function cutOver(
  dataSource: DataSource,
  registry: WebhookRegistry,
  oldId: string,
): Promise<void> {
  const { newId } = await dataSource.getRepository(MovedWebhook).findOneByOrFail({ oldId });
  await registry.activate(ALL_CONTRACTS, newId, BY);
  await dataSource.getRepository(OldWebhook).update(oldId, { active: false });
}

/** And back: what waits in the module is sent by it before it is switched off, which would cancel it. */
export async function rollBack(
  dataSource: DataSource,
  registry: WebhookRegistry,
  oldId: string,
  drained: (webhookId: string) => Promise<void>,
): Promise<void> {
  const { newId } = await dataSource.getRepository(MovedWebhook).findOneByOrFail({ oldId });
  await dataSource.getRepository(OldWebhook).update(oldId, { active: true });
  await drained(newId);
  await registry.deactivate(ALL_CONTRACTS, newId, BY);
}
