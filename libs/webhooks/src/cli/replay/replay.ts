import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';

import { DeliveryLog } from '../../deliveries/delivery-log.js';
import { Redelivery } from '../../deliveries/redelivery.js';
import { DeliveryNotFoundError, StateConflictError, WebhookNotFoundError } from '../../webhooks.errors.js';
import { ALL_CONTRACTS } from '../../webhooks.options.js';
import { findWebhook } from '../../webhooks/webhook-rows.js';
import type { Answer } from '../answer.js';
import { EXIT, usageError } from '../answer.js';
import { withDatabase } from '../database.js';
import { progressOf } from '../progress.js';
import { count } from '../words.js';
import type { FailedSince } from './failed-deliveries.js';
import { countFailed, failedDeliveries } from './failed-deliveries.js';
import type { ReplaySettings } from './replay-command.js';
import { hostEventTypes, withPlatform } from './replay-platform.js';

/** Without Redis nobody can be woken, and nobody has to be. */
const BY_SWEEP =
  "The platform's workers find them by their next sweep, within sweepIntervalMs (5 seconds unless you have changed it).";
/** What the file holds is read once, when it is opened. */
const BY_START =
  'The application finds them when it starts. It must not have been running: with sql.js it has a copy of the file in its memory, ' +
  'and writes that over it.';

function when({ options }: DataSource): string {
  return options.type === 'sqljs' ? BY_START : BY_SWEEP;
}

export function replayDelivery(id: string, settings: ReplaySettings): Promise<Answer> {
  return withPlatform(settings, async (app, dataSource) => {
    const { webhookId, eventId, eventType, status } = await app.get(DeliveryLog).find(ALL_CONTRACTS, id);
    const facts = { delivery: id, webhook: webhookId, event: eventId, eventType, was: status };
    if (settings.dryRun) {
      const text = `The delivery ${id} (${eventType}, ${status}) of the webhook ${webhookId} would be sent again.`;
      return { text, json: { dryRun: true, ...facts } };
    }
    await app.get(Redelivery).redeliver(ALL_CONTRACTS, id);
    const text = `The delivery ${id} (${eventType}, was ${status}) is due now. ${when(dataSource)}`;
    return { text, json: { dryRun: false, ...facts } };
  });
}

export async function replayWebhook(id: string, settings: ReplaySettings & { since: Date }): Promise<Answer> {
  const { contractId, status, transport, eventTypes } = await withDatabase(settings, async (dataSource) => {
    const webhook = await findWebhook(dataSource.manager, ALL_CONTRACTS, id);
    return { ...webhook, eventTypes: await hostEventTypes(dataSource, webhook.contractId, settings.since) };
  });
  const replay = async (app: INestApplicationContext, dataSource: DataSource): Promise<Answer> => {
    const redelivery = app.get(Redelivery);
    const found = await redelivery.previewRecovery(ALL_CONTRACTS, id, settings.since);
    const facts = { webhook: id, contract: contractId, status, since: settings.since.toISOString() };
    if (settings.dryRun) {
      const olderThan =
        found.olderThanWebhook > 0 ? `, ${found.olderThanWebhook} of them older than the webhook` : '';
      const text =
        `${count(found.deliveries, 'delivery', 'deliveries')} would be sent: ${found.failed} that failed, ${found.missed} ` +
        `that were missed${olderThan}.${status === 'active' ? '' : ` The webhook is ${status}: activate it first.`}`;
      return { text, json: { dryRun: true, ...facts, ...found } };
    }
    const progress = progressOf('replaying', found.deliveries, settings);
    const { recovered } = await redelivery
      .recover(ALL_CONTRACTS, id, settings.since, undefined, (done) => progress.update(done))
      .finally(() => progress.stop());
    const said = `${count(recovered, 'delivery is', 'deliveries are')}`;
    const text =
      transport === 'pull'
        ? `${said} in the webhook's feed now, for whoever fetches it: nothing is sent to this webhook.`
        : `${said} due now.${recovered > 0 ? ` ${when(dataSource)}` : ''}`;
    return { text, json: { dryRun: false, ...facts, replayed: recovered } };
  };
  return withPlatform(settings, replay, eventTypes);
}

export function replayFailed(wanted: FailedSince, settings: ReplaySettings): Promise<Answer> {
  const { webhookId, from, until } = wanted;
  if (webhookId !== undefined && !isUuid(webhookId))
    throw usageError(`--webhook is '${webhookId}', which is no id.`);
  return withPlatform(settings, async (app, dataSource) => {
    const found = await countFailed(dataSource, wanted);
    const total = found.reduce((sum, { deliveries }) => sum + deliveries, 0);
    const facts = { from: from.toISOString(), until: until.toISOString() };
    if (settings.dryRun) {
      const sendable = found.find(({ webhook }) => webhook === 'active')?.deliveries ?? 0;
      const others = found.filter(({ webhook }) => webhook !== 'active');
      const left = others.map(({ webhook, deliveries }) => `${deliveries} of ${webhook} webhooks`).join(', ');
      const text = `${count(sendable, 'delivery', 'deliveries')} would be sent${left === '' ? '' : `; left out: ${left}`}.`;
      return { text, json: { dryRun: true, ...facts, deliveries: sendable, leftOut: others } };
    }
    const progress = progressOf('replaying', total, settings);
    const leftOut = new Map<string, number>();
    let done = 0;
    try {
      for await (const id of failedDeliveries(dataSource, wanted)) {
        const refusal = await refusalOf(app.get(Redelivery).redeliver(ALL_CONTRACTS, id));
        if (refusal !== undefined) leftOut.set(refusal, (leftOut.get(refusal) ?? 0) + 1);
        progress.update(++done);
      }
    } finally {
      progress.stop();
    }
    const refused = [...leftOut.values()].reduce((sum, one) => sum + one, 0);
    const replayed = done - refused;
    const why = [...leftOut].map(([code, number]) => `${number} ${code}`).join(', ');
    const text = [
      `${count(replayed, 'delivery is', 'deliveries are')} due now.${replayed > 0 ? ` ${when(dataSource)}` : ''}`,
      ...(refused > 0 ? [`Left out: ${why}.`] : []),
    ].join('\n');
    const exitCode = refused > 0 ? EXIT.no : EXIT.ok;
    return {
      text,
      json: { dryRun: false, ...facts, replayed, leftOut: Object.fromEntries(leftOut) },
      exitCode,
    };
  });
}

/** Why one of many cannot be sent: another one may. */
async function refusalOf(redelivered: Promise<unknown>): Promise<string | undefined> {
  try {
    await redelivered;
    return undefined;
  } catch (error) {
    const expected =
      error instanceof StateConflictError ||
      error instanceof DeliveryNotFoundError ||
      error instanceof WebhookNotFoundError;
    if (expected) return error.code;
    throw error;
  }
}
