import { InvalidInputError, StateConflictError } from '../webhooks.errors.js';
import { targetUrl } from './create-webhook.dto.js';
import type { Webhook } from './webhook.entity.js';

/** @throws InvalidInputError when requests would have nowhere to go */
export function requireTarget({ transport, url }: Pick<Webhook, 'transport' | 'url'>): void {
  if (transport === 'pull' || url !== '') return;
  const expected = typeof targetUrl.expected === 'string' ? targetUrl.expected : '';
  const reason = `is missing, and the transport '${transport}' needs one`;
  throw new InvalidInputError([{ field: 'url', reason, expected: `${expected}, or the transport 'pull'` }]);
}

/** @throws StateConflictError `NO_PUSH` */
export function requirePush({ id, transport }: Pick<Webhook, 'id' | 'transport'>): void {
  if (transport !== 'pull') return;
  throw new StateConflictError(
    'NO_PUSH',
    `Nothing is sent to the webhook ${id}, since its transport is 'pull': GET its events, or PATCH its transport first.`,
  );
}
