import type { Changes } from '../lifecycle/webhook-lifecycle.js';
import type { WebhookView } from './webhook-view.js';

const MASK = '***';

/** What a view shows that nobody sets. */
const NOT_SET = new Set(['id', 'contractId', 'health', 'createdAt', 'updatedAt']);

/** What a secret's change shows. */
export const SECRET_CHANGED: Changes = { secret: { from: MASK, to: MASK } };

/**
 * Which fields differ between two views of a webhook, whose secrets are masked already.
 *
 * @param before null when it was created
 * @param masked fields that differ behind the mask
 */
export function changesBetween(
  before: WebhookView | null,
  after: WebhookView,
  masked: readonly string[] = [],
): Changes {
  const was: Record<string, unknown> = { ...before };
  const changed = Object.entries(after).filter(
    ([field, to]) =>
      !NOT_SET.has(field) &&
      (masked.includes(field) || JSON.stringify(was[field] ?? null) !== JSON.stringify(to)),
  );
  return Object.fromEntries(
    changed.map(([field, to]) => [field, { from: was[field] ?? null, to: to as unknown }]),
  );
}
