import type { DomainEvent } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, PublishError } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { EventInput } from './event-inputs.js';
import { eventInputs } from './event-inputs.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import type { PartOptions } from './rest-fuzz.js';

const BATCH = 120;
const CODES = new Set(['UNKNOWN_EVENT_TYPE', 'INVALID_EVENT']);

/** What publish is given: stored and delivered as the same JSON, or refused with a code and nothing stored. */
export async function fuzzPublish(
  services: FuzzServices,
  { sabotage, ...options }: PartOptions,
): Promise<Played> {
  const receiver = await TestReceiver.start();
  const host = await FuzzHost.start(services, { sweepIntervalMs: 500, retryDelaysMs: [] });
  try {
    const subscribe = (contractId: string, profile: string, format: string) =>
      host.registry.create(ALL_CONTRACTS, {
        contractId,
        url: `${receiver.url}/${profile}/${format}`,
        eventTypes: ['*'],
        profile,
        format,
      });
    await subscribe('C-PUBLISH', 'standard', 'json');
    for (const profile of ['octo', 'checkfront', 'capdata', 'delay-care'])
      await subscribe('C-PUBLISH', profile, 'xml');
    await sabotage?.(host);
    const campaign = { ...options, name: 'publish', cases: eventInputs, batch: BATCH };
    return await playCampaign(campaign, async (inputs) => {
      receiver.requests.length = 0;
      const published = new Map<string, EventInput>();
      const faults: string[] = [];
      const before = await eventsOf(host);
      for (const input of inputs) faults.push(...(await publish(host, input, published)));
      const stored = (await eventsOf(host)) - before;
      if (stored !== published.size)
        faults.push(`${published.size} events were accepted and ${stored} are stored`);
      await untilIdle(host.app);
      faults.push(...undelivered(receiver, published), ...(await unsent(host)));
      return faults;
    });
  } finally {
    await host.stop();
    await receiver.stop();
  }
}

async function publish(
  host: FuzzHost,
  input: EventInput,
  published: Map<string, EventInput>,
): Promise<string[]> {
  try {
    for (const { id, duplicate } of await host.webhooks.publish(input.event as DomainEvent)) {
      if (!duplicate) published.set(id, input);
    }
    return [];
  } catch (error) {
    if (!(error instanceof PublishError)) return [`publish throws ${String(error)}`];
    if (!CODES.has(error.code)) return [`publish refuses with the code ${error.code}`];
    if (input.expected !== undefined) return [`publish refuses what it should store: ${error.message}`];
    return error.code === 'UNKNOWN_EVENT_TYPE' || error.errors.length > 0 ? [] : ['a refusal names no field'];
  }
}

function undelivered({ requests }: TestReceiver, published: Map<string, EventInput>): string[] {
  const faults: string[] = [];
  const bodies = new Map(
    requests
      .filter(({ path }) => path === '/standard/json')
      .map(({ headers, body }) => [String(headers['webhook-id']), body.toString()]),
  );
  for (const [id, { event, expected }] of published) {
    if ((event as DomainEvent).contractId !== 'C-PUBLISH') continue;
    const body = bodies.get(id);
    if (body === undefined) faults.push(`event ${id} was stored and not delivered`);
    else if (expected !== undefined && dataOf(body) !== JSON.stringify(expected))
      faults.push(`event ${id} was delivered as ${body.slice(0, 500)}`);
  }
  return faults;
}

function dataOf(body: string): string {
  return JSON.stringify((JSON.parse(body) as { data: unknown }).data);
}

async function unsent({ database }: FuzzHost): Promise<string[]> {
  const { rows } = await database.rows.query<{ detail: string; url: string }>(
    `SELECT a.detail, w.url FROM webhook_attempt a JOIN webhook_delivery d ON d.id = a.delivery_id
     JOIN webhook w ON w.id = d.webhook_id WHERE a.error IS NOT NULL`,
  );
  await database.rows.query('DELETE FROM webhook_attempt');
  return rows.map(({ detail, url }) => `a body was not sent to ${url}: ${detail}`);
}

async function eventsOf({ database }: FuzzHost): Promise<number> {
  const { rows } = await database.rows.query<{ count: string }>('SELECT count(*) FROM webhook_event');
  return Number(rows[0]?.count);
}
