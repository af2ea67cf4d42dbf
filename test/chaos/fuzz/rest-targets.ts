import type { EventFields } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, bookingCancelled } from 'nestjs-booking-webhooks';
import type { TestReceiver } from 'nestjs-booking-webhooks/testing';

import { until } from '../until.js';
import type { FuzzHost } from './fuzz-host.js';
import { CANARY } from './request-bodies.js';
import { TARGETS } from './rest-cases.js';

export const CONTRACT = 'C-FUZZ';

const KINDS = {
  '{webhook}': { profile: 'standard', eventTypes: ['*'], transport: 'both' },
  '{octo}': { profile: 'octo', eventTypes: ['booking_update'] },
  '{subscription}': { profile: 'octo-notification', eventTypes: ['BOOKING_UPDATE'] },
};
type Kind = keyof typeof KINDS;

/** What the paths of cases are about: webhooks of each kind and deliveries, replaced where a case took them away. */
export class RestTargets {
  private readonly webhooks: Record<Kind, string[]> = { '{webhook}': [], '{octo}': [], '{subscription}': [] };
  private deliveries: string[] = [];

  constructor(
    private readonly host: FuzzHost,
    private readonly receiver: TestReceiver,
  ) {}

  get ids(): string[] {
    return Object.values(this.webhooks).flat();
  }

  async prepare(): Promise<void> {
    await this.replenish(new Set());
    const fields: EventFields = { contractId: CONTRACT };
    const data = { booking: { id: 'B-1', status: 'CANCELLED' } };
    await this.host.webhooks.publish(
      Array.from({ length: TARGETS }, () => bookingCancelled({ ...fields, data })),
    );
    const { rows } = this.host.database;
    // Later on, nobody but the requests makes deliveries of the host's events.
    await until('the events are fanned out', async () => {
      const waiting = await rows.query('SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL LIMIT 1');
      return waiting.rowCount === 0;
    });
    const found = await rows.query<{ id: string }>(
      `SELECT id FROM webhook_delivery ORDER BY id LIMIT ${TARGETS}`,
    );
    this.deliveries = found.rows.map(({ id }) => id);
  }

  /** The path with the ids of the things it is about. */
  fill(path: string, target: number): string {
    return path
      .replace(/\{webhook\}|\{octo\}|\{subscription\}/, (kind) => this.webhooks[kind as Kind][target] ?? '')
      .replace('{delivery}', this.deliveries[target] ?? '');
  }

  /** @param alive the ids of webhooks that are still there */
  async replenish(alive: ReadonlySet<string>): Promise<void> {
    for (const [kind, fields] of Object.entries(KINDS)) {
      const ids = this.webhooks[kind as Kind];
      for (let index = 0; index < TARGETS; index += 1) {
        const id = ids[index];
        if (id === undefined || !alive.has(id)) ids[index] = await this.create(fields, index);
      }
    }
  }

  private async create(fields: { profile: string; eventTypes: string[] }, index: number): Promise<string> {
    const url = new URL(this.receiver.url);
    if (index % 2 === 0) url.password = `${CANARY}stored`;
    const headers = { 'X-Api-Key': `${CANARY}kept` };
    const { id } = await this.host.registry.create(ALL_CONTRACTS, {
      contractId: CONTRACT,
      url: url.href,
      headers,
      ...fields,
    });
    return id;
  }
}
