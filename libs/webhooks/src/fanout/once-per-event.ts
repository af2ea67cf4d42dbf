import type { Dialect } from '../database/dialect.js';

/** Ends a statement that inserts deliveries: one that a webhook has for the event already stays as it is. */
export const ONCE_PER_EVENT: Record<Dialect, string> = {
  postgres: 'ON CONFLICT (webhook_id, event_id) DO NOTHING',
  mysql: 'ON DUPLICATE KEY UPDATE id = webhook_delivery.id',
  sqlite: 'ON CONFLICT (webhook_id, event_id) DO NOTHING',
};
