import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData, Originator } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { idOf, textOf } from './host-data.js';

/**
 * The capability that a webhook needs for `actor_token_used` in its bodies. The token is a credential of the agent's, so
 * it leaves the house only where it was asked for.
 */
export const ACTOR_TOKEN_CAPABILITY = 'capdata/actor-token';

/**
 * The owner of the webhook and of its data, from the event's `accountContext`: `ownerId`, `ownerName`, `ownerEmail`,
 * `ownerSlug`, or the same in snake_case. Without an id, the owner is the contract.
 */
export function accountContext(context: EventData | null, contractId: string): Record<string, Value> {
  const given = fieldsOf(context);
  return {
    owner_id: idOf(given.owner_id, given.ownerId, contractId),
    owner_name: textOf(given.owner_name, given.ownerName),
    owner_email: textOf(given.owner_email, given.ownerEmail),
    owner_slug: textOf(given.owner_slug, given.ownerSlug),
  };
}

/**
 * Who did it, from the event's `originator`: `type`, `id`, `name`; an agent also has `username`, `tokenUsed`, `clientId`,
 * `clientName` and `clientType`, or the same in snake_case, or under the names of CapData's page. Every value is null for
 * an event without an originator.
 *
 * @param withToken whether an agent's token is shown
 */
export function actionOriginator(originator: Originator | null, withToken: boolean): Record<string, Value> {
  const given = fieldsOf(originator);
  const actor = {
    actor_type: textOf(given.type, given.actor_type),
    actor_id: idOf(given.id, given.actor_id),
    actor_name: textOf(given.name, given.actor_name),
  };
  if (actor.actor_type !== 'agent') return actor;
  const token = textOf(given.tokenUsed, given.token_used, given.actor_token_used);
  return {
    ...actor,
    actor_username: textOf(given.username, given.actor_username),
    ...(withToken && { actor_token_used: token }),
    agent_belongs_to_client_id: idOf(given.clientId, given.client_id, given.agent_belongs_to_client_id),
    agent_belongs_to_client_name: textOf(
      given.clientName,
      given.client_name,
      given.agent_belongs_to_client_name,
    ),
    agent_belongs_to_client_type: textOf(
      given.clientType,
      given.client_type,
      given.agent_belongs_to_client_type,
    ),
  };
}
