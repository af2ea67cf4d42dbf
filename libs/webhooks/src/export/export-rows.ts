import type { DataSource } from 'typeorm';

import type { EventCatalog } from '../catalog/event-catalog.js';
import type { ContractScope } from '../webhooks.options.js';
import { writeCursor } from '../webhooks/keyset.js';
import { positionOf, selectWebhooks } from '../webhooks/webhook-list.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { ExportWebhooksQuery } from './export-webhooks.query.js';

export const COLUMNS = ['Contract', 'URL', 'Event Type', 'Status'] as const;

/** The cells of {@link COLUMNS}. */
export type ExportRow = [contract: string, url: string, eventType: string, status: 'Active' | 'Inactive'];

/** How many rows a statement reads: each one sorts all rows that are left, unless an index does. */
const PAGE = 5_000;
/** How many are written in one go, which holds up the event loop. */
const SLICE = 1_000;
const READ = ['id', 'contractId', 'url', 'eventTypes', 'status', 'createdAt', 'updatedAt'] as const;

/** The rows of all webhooks that match, some at a time and at least once; one page of them is in memory. */
export async function* exportRows(
  dataSource: DataSource,
  scope: ContractScope,
  { sort = '-createdAt', timeZone: _timeZone, ...filters }: ExportWebhooksQuery,
  catalog: EventCatalog,
): AsyncGenerator<ExportRow[], void> {
  for (let cursor: string | undefined; ;) {
    const webhooks: Webhook[] = await selectWebhooks(dataSource, scope, { ...filters, sort, cursor }, catalog)
      .select(READ.map((column) => `webhook.${column}`))
      .take(PAGE)
      .getMany();
    for (let start = 0; start === 0 || start < webhooks.length; start += SLICE)
      yield webhooks.slice(start, start + SLICE).map(exportRow);
    const last = webhooks.at(-1);
    if (!last || webhooks.length < PAGE) return;
    cursor = writeCursor(sort, positionOf(last, sort));
  }
}

/** The stored URL is the one that may be shown: its credentials are masked. */
function exportRow({ contractId, url, eventTypes, status }: Webhook): ExportRow {
  return [contractId, url, eventTypes.join(', '), status === 'active' ? 'Active' : 'Inactive'];
}
