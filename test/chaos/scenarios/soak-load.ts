import { setTimeout as delay } from 'node:timers/promises';

import type { PlatformProcess, Subscribed } from '../platform/platform-process.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Listening } from '../verdict.js';

export const LISTENING: Listening[] = [
  { path: '/fine', contract: 'C-1' },
  { path: '/stumbles', contract: 'C-2' },
  { path: '/busy', contract: 'C-3' },
  { path: '/hangs', contract: 'C-1' },
  { path: '/gone', contract: 'C-2' },
];
/** Has its webhooks only for a while each. */
export const PASSING: Listening = { path: '/passing', contract: 'C-3' };

/** Partners and their receivers, who change all the time while the platform's business goes on. */
export class Partners {
  private readonly webhooks = new Map<string, Subscribed>();
  private readonly startedAt = new Date();
  private passing: Subscribed | undefined;

  private constructor(
    private readonly platform: PlatformProcess,
    private readonly receiver: ReceiverProcess,
  ) {}

  static async subscribe(platform: PlatformProcess, receiver: ReceiverProcess): Promise<Partners> {
    const partners = new Partners(platform, receiver);
    for (const { path, contract } of LISTENING) {
      const webhook = await platform.subscribe(`${receiver.url}${path}`, { contractId: contract });
      partners.webhooks.set(path, webhook);
    }
    return partners;
  }

  /** Change after change, until it is enough. */
  async live(enough: () => boolean, roundMs: number): Promise<void> {
    await this.receiver.behave('/stumbles', { kind: 'stumble', share: 0.25 });
    for (let round = 0; !enough(); round += 1) {
      const good = round % 2 === 0;
      await this.receiver.behave('/busy', good ? { kind: 'answer', status: 200 } : tooManyRequests());
      await this.receiver.behave('/hangs', good ? { kind: 'answer', status: 200 } : { kind: 'hang' });
      await this.receiver.behave('/gone', { kind: 'answer', status: good ? 200 : 410 });
      if (good) await this.recover('/gone');
      await this.changeWebhooks(round);
      await delay(roundMs);
    }
  }

  /** From now on everything is received, what was missed too. */
  async settle(): Promise<void> {
    for (const { path } of LISTENING) await this.receiver.behave(path, { kind: 'answer', status: 200 });
    await this.recover('/gone');
  }

  private async changeWebhooks(round: number): Promise<void> {
    const { path, contract } = PASSING;
    await this.platform.registry('rotateSecret', this.idOf('/fine'));
    await this.platform.registry('update', this.idOf('/stumbles'), { maxInFlight: 2 + (round % 8) });
    if (this.passing) await this.platform.registry('delete', this.passing.id);
    this.passing = await this.platform.subscribe(`${this.receiver.url}${path}`, { contractId: contract });
  }

  /** As its partner does it after a 410 has disabled the webhook. */
  private async recover(path: string): Promise<void> {
    const id = this.idOf(path);
    await this.platform.registry('activate', id);
    const response = await fetch(`${this.platform.url}/webhooks/${id}/recover`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ since: this.startedAt.toISOString() }),
    });
    // A 410 that was under way may have disabled it again: the next round comes back to it.
    if (!response.ok && response.status !== 409)
      throw new Error(`A recovery was answered ${response.status}.`);
  }

  private idOf(path: string): string {
    return this.webhooks.get(path)?.id ?? '';
  }
}

function tooManyRequests() {
  return { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } as const;
}
