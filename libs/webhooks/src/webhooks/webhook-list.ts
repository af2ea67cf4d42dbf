import type { DataSource, SelectQueryBuilder } from 'typeorm';

import type { EventCatalog } from '../catalog/event-catalog.js';
import { knownDialect } from '../database/dialect.js';
import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { canonicalLanguageTag } from './field-rules.js';
import type { Position } from './keyset.js';
import { readCursor } from './keyset.js';
import type { ListWebhooksQuery, WebhookFilters, WebhookSort } from './list-webhooks.query.js';
import { Webhook } from './webhook.entity.js';

type Query = SelectQueryBuilder<Webhook>;

/** The webhooks a query selects, sorted, from its cursor on. */
export function selectWebhooks(
  dataSource: DataSource,
  scope: ContractScope,
  query: ListWebhooksQuery,
  catalog: EventCatalog,
): Query {
  const select = matchingWebhooks(dataSource, scope, query, catalog);
  return sorted(select, query.sort ?? '-createdAt', query.cursor);
}

/** The same webhooks in no order, all of them. */
export function matchingWebhooks(
  dataSource: DataSource,
  scope: ContractScope,
  query: WebhookFilters,
  catalog: EventCatalog,
): Query {
  const select = dataSource
    .createQueryBuilder(Webhook, 'webhook')
    .where('webhook.status <> :deleted', { deleted: 'deleted' });
  if (scope !== ALL_CONTRACTS) select.andWhere('webhook.contractId = :scope', { scope });
  filterEqual(select, query);
  filterInside(select, query, catalog);
  filterTimes(select, query);
  if (query.failing !== undefined) filterFailing(select, query.failing);
  return select;
}

/** Where a page ended, for {@link selectWebhooks} to go on from. */
export function positionOf(webhook: Webhook, sort: WebhookSort): Position {
  return [webhook[columnOf(sort)], webhook.id];
}

function filterEqual(select: Query, query: WebhookFilters): void {
  const equal = {
    id: query.id,
    contractId: query.contractId,
    profile: query.profile,
    format: query.format,
    locale: query.locale === undefined ? undefined : canonicalLanguageTag(query.locale),
    useContactLanguage: query.useContactLanguage,
    retryOnError: query.retryOnError,
    maxInFlight: query.maxInFlight,
    ordering: query.ordering,
    transport: query.transport,
    maxPerSecond: query.maxPerSecond,
    status: query.status,
    disabledReason: query.disabledReason,
  };
  for (const [field, value] of Object.entries(equal)) {
    if (value !== undefined) select.andWhere(`webhook.${field} = :${field}`, { [field]: value });
  }
}

function filterInside(
  select: Query,
  { url, eventType, capability }: WebhookFilters,
  catalog: EventCatalog,
): void {
  if (url !== undefined) {
    select.andWhere(`LOWER(webhook.url) LIKE :url ESCAPE '!'`, { url: containing(url.toLowerCase()) });
  }
  if (capability !== undefined) {
    const { clause, value } = listing(select, 'capabilities', 'capability', capability);
    select.andWhere(clause, { capability: value });
  }
  if (eventType !== undefined) {
    const patterns = catalog.patternsCovering(eventType);
    const listings = patterns.map((pattern, index) => ({
      name: `pattern${index}`,
      ...listing(select, 'eventTypes', `pattern${index}`, pattern),
    }));
    const clauses = listings.map(({ clause }) => clause);
    const values = Object.fromEntries(listings.map(({ name, value }) => [name, value]));
    select.andWhere(`(${clauses.join(' OR ')})`, values);
  }
}

function filterTimes(select: Query, query: WebhookFilters): void {
  const bounds = [
    ['createdAt', '>=', 'createdSince'],
    ['createdAt', '<', 'createdUntil'],
    ['updatedAt', '>=', 'updatedSince'],
    ['updatedAt', '<', 'updatedUntil'],
  ] as const;
  for (const [column, comparison, name] of bounds) {
    const value = query[name];
    if (value !== undefined)
      select.andWhere(`webhook.${column} ${comparison} :${name}`, { [name]: Date.parse(value) });
  }
}

function filterFailing(select: Query, failing: boolean): void {
  const lane = select
    .subQuery()
    .select('1')
    .from(WebhookLane, 'lane')
    .where('lane.webhookId = webhook.id AND lane.failingSince IS NOT NULL');
  select.andWhere(`${failing ? '' : 'NOT '}EXISTS ${lane.getQuery()}`);
}

/** The id makes the order total: rows that are equal in the sorted column are neither skipped nor repeated. */
function sorted(select: Query, sort: WebhookSort, cursor: string | undefined): Query {
  const column = columnOf(sort);
  const descending = sort.startsWith('-');
  if (cursor !== undefined) {
    const kind = column === 'createdAt' || column === 'updatedAt' ? 'number' : 'string';
    const [value, id] = readCursor(sort, cursor, [kind, 'string']);
    const after = descending ? '<' : '>';
    select.andWhere(
      `(webhook.${column} ${after} :last OR (webhook.${column} = :last AND webhook.id ${after} :lastId))`,
      { last: value, lastId: id },
    );
  }
  const direction = descending ? 'DESC' : 'ASC';
  return select.orderBy(`webhook.${column}`, direction).addOrderBy('webhook.id', direction);
}

function columnOf(sort: WebhookSort) {
  return sort.replace('-', '') as 'createdAt' | 'updatedAt' | 'contractId' | 'url' | 'status';
}

/** The column holds a JSON list of texts, none of which needs escaping. */
function listing(select: Query, column: 'capabilities' | 'eventTypes', parameter: string, word: string) {
  const quoted = `"${word}"`;
  // SQLite's LIKE takes capitals for small letters.
  return knownDialect(select.dataSource) === 'sqlite'
    ? { clause: `INSTR(webhook.${column}, :${parameter}) > 0`, value: quoted }
    : { clause: `webhook.${column} LIKE :${parameter} ESCAPE '!'`, value: containing(quoted) };
}

/** A pattern of LIKE with `!` as its escape. */
export function containing(part: string): string {
  return `%${part.replace(/[%_!]/g, (sign) => `!${sign}`)}%`;
}
