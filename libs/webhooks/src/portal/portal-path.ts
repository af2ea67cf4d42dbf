import type { WebhooksStructure } from '../webhooks.options.js';
import { belowWebhooks } from '../webhooks/controller-structure.js';

/** Where the page is, below the host's prefix; undefined when there is none. */
export function portalPath({
  path,
  portal,
}: Required<Pick<WebhooksStructure, 'path' | 'portal'>>): string | undefined {
  return portal ? belowWebhooks(portal.path ?? `${path}/portal`) : undefined;
}
