import { Inject, Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { LessThan } from 'typeorm';

import type { ReceivedWebhook } from './received-webhook.entity.js';
import { ReceiverConfigurationError } from './receiver.errors.js';
import type { ResolvedIdempotencyOptions } from './receiver.options.js';
import { RECEIVER_IDEMPOTENCY, RECEIVER_ROWS } from './receiver.tokens.js';

/** The right to run a handler for a key. `receivedAt` tells it from one that took over after it. */
export type Claim = Pick<ReceivedWebhook, 'handler' | 'key' | 'receivedAt'>;

/** A row may come and go between a look and an insert, but not for ever. */
const TRIES = 3;

/**
 * Remembers which webhooks have been handled.
 *
 * @publicApi only {@link ReceivedWebhooks.prune}
 */
@Injectable()
export class ReceivedWebhooks {
  constructor(
    @Inject(RECEIVER_ROWS) private readonly rows: Repository<ReceivedWebhook>,
    @Inject(RECEIVER_IDEMPOTENCY) private readonly options: ResolvedIdempotencyOptions,
  ) {}

  /**
   * The right to run a handler, which one caller at a time gets; `'handled'` when it has been run, `'running'` while
   * another caller has it.
   *
   * @internal
   */
  async claim(handler: string, key: string, now: number): Promise<Claim | 'handled' | 'running'> {
    const claim = { handler, key, receivedAt: now };
    for (let left = TRIES; ; left -= 1) {
      const row = await this.rows.findOneBy({ handler, key });
      if (row?.state === 'handled') return 'handled';
      if (row) return (await this.takeOver(row, now)) ? claim : 'running';
      try {
        await this.rows.insert({ ...claim, state: 'running' });
        return claim;
      } catch (error) {
        // Another request was faster; unless the fault lies elsewhere, its row is there to be seen.
        if (left === 1) throw error;
      }
    }
  }

  /** The handler succeeded. @internal */
  async succeed(claim: Claim): Promise<void> {
    await this.rows.update({ ...claim, state: 'running' }, { state: 'handled' });
  }

  /** The handler failed: the next attempt runs it. @internal */
  async release(claim: Claim): Promise<void> {
    await this.rows.delete({ ...claim, state: 'running' });
  }

  /**
   * Forgets what was received longer ago than that, and returns how many. Call it daily, with more than the time over
   * which the sender repeats a webhook: a repeat of a forgotten one runs its handler again.
   *
   * @throws ReceiverConfigurationError when `olderThanMs` is not longer than `abandonedAfterMs`
   */
  async prune({ olderThanMs }: { olderThanMs: number }): Promise<number> {
    if (!(olderThanMs > this.options.abandonedAfterMs)) {
      throw new ReceiverConfigurationError(
        'INVALID_OPTION',
        `olderThanMs is ${olderThanMs}; a handler may be running for abandonedAfterMs ` +
          `(${this.options.abandonedAfterMs}), and its row has to stay for longer.`,
      );
    }
    const { affected } = await this.rows.delete({ receivedAt: LessThan(Date.now() - olderThanMs) });
    return affected ?? 0;
  }

  /** A process that was killed leaves its row running: one caller gets it when it is old enough. */
  private async takeOver({ handler, key, receivedAt }: Claim, now: number): Promise<boolean> {
    if (now - receivedAt < this.options.abandonedAfterMs) return false;
    const { affected } = await this.rows.update(
      { handler, key, receivedAt, state: 'running' },
      { receivedAt: now },
    );
    return affected === 1;
  }
}
