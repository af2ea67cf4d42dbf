import type { EntityManager } from 'typeorm';
import { Not } from 'typeorm';

import { StateConflictError } from '../webhooks.errors.js';
import { Webhook } from './webhook.entity.js';

/**
 * Refuses one more webhook for a contract that has as many as it may have; deleted ones do not count. Exact in a
 * transaction that has taken the change counter's lock, which every creation holds until it has committed.
 *
 * @param most undefined: as many as it likes
 * @throws StateConflictError `WEBHOOK_LIMIT`
 */
export async function requireRoom(
  manager: EntityManager,
  contractId: string,
  most: number | undefined,
): Promise<void> {
  if (most === undefined) return;
  const count = await manager.countBy(Webhook, { contractId, status: Not('deleted') });
  if (count < most) return;
  throw new StateConflictError(
    'WEBHOOK_LIMIT',
    `The contract has ${count} webhooks, and may have ${most}. Delete one that is not needed any more, or let one webhook ` +
      'have several event types. The platform sets the limit, with the option maxWebhooksPerContract.',
  );
}
