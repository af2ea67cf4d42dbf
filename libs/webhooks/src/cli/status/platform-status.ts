import type { DataSource } from 'typeorm';
import { In, MigrationExecutor } from 'typeorm';

import { WebhookDelivery } from '../../deliveries/webhook-delivery.entity.js';
import { isoOrNull } from '../../iso-time.js';
import { WebhookLane } from '../../lanes/webhook-lane.entity.js';
import { databaseClock } from '../../operations/clock-sync.js';
import { WebhookEvent } from '../../outbox/webhook-event.entity.js';
import { webhookEntities } from '../../webhooks.entities.js';
import type { DisabledReason, WebhookStatus } from '../../webhooks/webhook.entity.js';
import { Webhook } from '../../webhooks/webhook.entity.js';
import type { DatabaseSettings } from '../database-settings.js';
import { withDatabase } from '../database.js';
import { tablesMissing } from '../faults.js';

/** How many webhooks of each list are shown; the numbers beside them are of all. */
const LISTED = 20;

export interface FailingWebhook {
  id: string;
  contractId: string;
  /** With its credentials masked. */
  url: string;
  failingSince: string;
  consecutiveFailures: number;
  /** Null when it is tried at the ordinary pace. */
  pausedUntil: string | null;
}

export interface DisabledWebhook {
  id: string;
  contractId: string;
  url: string;
  reason: DisabledReason | null;
  since: string;
  /** Deliveries that a recovery would send. */
  held: number;
}

/** How a platform's webhooks are doing, by its rows alone. Ages are in milliseconds, null where nothing waits. */
export interface PlatformStatus {
  /** The database's time. */
  at: string;
  migrations: { applied: number; pending: string[] };
  /** Events that the relay has not turned into deliveries yet. */
  relay: { waiting: number; oldestMs: number | null };
  deliveries: {
    /** Due now, in lanes that are awake. */
    due: number;
    oldestDueMs: number | null;
    /** Due, in lanes that pause because their receivers fail. */
    paused: number;
    /** Waiting for a retry. */
    later: number;
  };
  lanesAtWork: number;
  webhooks: Record<Exclude<WebhookStatus, 'deleted'>, number>;
  failing: { count: number; listed: FailingWebhook[] };
  disabled: { count: number; listed: DisabledWebhook[] };
  /** Deliveries that wait for a recovery, those of webhooks that are active again included. */
  held: number;
}

export function statusOf(settings: DatabaseSettings): Promise<PlatformStatus> {
  return withDatabase(settings, read);
}

async function read(dataSource: DataSource): Promise<PlatformStatus> {
  const migrations = await appliedMigrations(dataSource);
  await requireTables(dataSource);
  const now = (await databaseClock(dataSource)).now();
  return {
    at: new Date(now).toISOString(),
    migrations,
    relay: await waitingEvents(dataSource, now),
    deliveries: await pendingDeliveries(dataSource, now),
    lanesAtWork: await lanes(dataSource).where('lane.leaseUntil > :now', { now }).getCount(),
    webhooks: await webhooksByStatus(dataSource),
    failing: await failingWebhooks(dataSource, now),
    ...(await disabledWebhooks(dataSource)),
  };
}

async function requireTables(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    for (const entity of webhookEntities)
      if (!(await runner.hasTable(dataSource.getMetadata(entity).tablePath))) throw tablesMissing();
  } finally {
    await runner.release();
  }
}

/** Nothing is pending where nothing is noted: such a host makes its tables in a way of its own. */
async function appliedMigrations(dataSource: DataSource): Promise<PlatformStatus['migrations']> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
  const applied = dataSource.migrations.length - pending.length;
  return { applied, pending: applied === 0 ? [] : pending.map(({ name }) => name) };
}

async function waitingEvents(dataSource: DataSource, now: number): Promise<PlatformStatus['relay']> {
  const found = await dataSource
    .getRepository(WebhookEvent)
    .createQueryBuilder('event')
    .select('COUNT(*)', 'count')
    .addSelect('MIN(event.createdAt)', 'oldest')
    .where('event.fannedOutAt IS NULL')
    .getRawOne<Counted>();
  return { waiting: Number(found?.count ?? 0), oldestMs: ageOf(found, now) };
}

async function pendingDeliveries(dataSource: DataSource, now: number): Promise<PlatformStatus['deliveries']> {
  const counted = async (when: string) =>
    dataSource
      .getRepository(WebhookDelivery)
      .createQueryBuilder('delivery')
      .leftJoin(WebhookLane, 'lane', 'lane.webhookId = delivery.webhookId')
      .select('COUNT(*)', 'count')
      .addSelect('MIN(delivery.dueAt)', 'oldest')
      .where(`delivery.dueAt IS NOT NULL AND ${when}`, { now })
      .getRawOne<Counted>();
  const due = await counted('delivery.dueAt <= :now AND COALESCE(lane.pausedUntil, 0) <= :now');
  const paused = await counted('delivery.dueAt <= :now AND lane.pausedUntil > :now');
  const later = await counted('delivery.dueAt > :now');
  return {
    due: Number(due?.count ?? 0),
    oldestDueMs: ageOf(due, now),
    paused: Number(paused?.count ?? 0),
    later: Number(later?.count ?? 0),
  };
}

async function webhooksByStatus(dataSource: DataSource): Promise<PlatformStatus['webhooks']> {
  const rows = await dataSource
    .getRepository(Webhook)
    .createQueryBuilder('webhook')
    .select('webhook.status', 'status')
    .addSelect('COUNT(*)', 'count')
    .groupBy('webhook.status')
    .getRawMany<{ status: WebhookStatus; count: string }>();
  const of = (status: WebhookStatus) => Number(rows.find((row) => row.status === status)?.count ?? 0);
  return { active: of('active'), inactive: of('inactive'), disabled: of('disabled') };
}

async function failingWebhooks(dataSource: DataSource, now: number): Promise<PlatformStatus['failing']> {
  const failing = lanes(dataSource)
    .innerJoin(Webhook, 'webhook', 'webhook.id = lane.webhookId')
    .where("lane.failingSince IS NOT NULL AND webhook.status = 'active'");
  const oldest = await failing.clone().orderBy('lane.failingSince').take(LISTED).getMany();
  const owners = await webhooksOf(
    dataSource,
    oldest.map(({ webhookId }) => webhookId),
  );
  return {
    count: await failing.getCount(),
    listed: oldest.map(({ webhookId, failingSince, consecutiveFailures, pausedUntil }) => ({
      id: webhookId,
      contractId: owners.get(webhookId)?.contractId ?? '',
      url: owners.get(webhookId)?.url ?? '',
      failingSince: isoOrNull(failingSince) ?? '',
      consecutiveFailures,
      pausedUntil: pausedUntil !== null && pausedUntil > now ? isoOrNull(pausedUntil) : null,
    })),
  };
}

async function disabledWebhooks(dataSource: DataSource): Promise<Pick<PlatformStatus, 'disabled' | 'held'>> {
  const [webhooks, count] = await dataSource
    .getRepository(Webhook)
    .findAndCount({ where: { status: 'disabled' }, order: { updatedAt: 'DESC' }, take: LISTED });
  const held = await heldDeliveries(dataSource);
  const listed = webhooks.map(({ id, contractId, url, disabledReason, updatedAt }) => ({
    id,
    contractId,
    url,
    reason: disabledReason,
    since: new Date(updatedAt).toISOString(),
    held: held.get(id) ?? 0,
  }));
  return { disabled: { count, listed }, held: [...held.values()].reduce((sum, one) => sum + one, 0) };
}

/** By webhook. The status stands in the statement, so that the index of what is held is the one that is read. */
async function heldDeliveries(dataSource: DataSource): Promise<Map<string, number>> {
  const rows = await dataSource
    .getRepository(WebhookDelivery)
    .createQueryBuilder('delivery')
    .select('delivery.webhookId', 'id')
    .addSelect('COUNT(*)', 'count')
    .where("delivery.status = 'held'")
    .groupBy('delivery.webhookId')
    .getRawMany<{ id: string; count: string }>();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

async function webhooksOf(dataSource: DataSource, ids: string[]): Promise<Map<string, Webhook>> {
  const webhooks = await dataSource.getRepository(Webhook).findBy({ id: In(ids) });
  return new Map(webhooks.map((webhook) => [webhook.id, webhook]));
}

function lanes(dataSource: DataSource) {
  return dataSource.getRepository(WebhookLane).createQueryBuilder('lane');
}

interface Counted {
  count: string;
  oldest: string | null;
}

function ageOf(found: Counted | undefined, now: number): number | null {
  return found?.oldest ? Math.max(now - Number(found.oldest), 0) : null;
}
