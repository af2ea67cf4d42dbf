import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Journal } from './journal.js';
import type { Tampering } from './engine.js';
import { around, engineProvider } from './engine.js';

let journal: Journal | undefined;

interface Delivery {
  id: string;
  webhookId: string;
  eventId: string;
  attemptCount: number;
}

/** Notes every attempt's start and end in a file; the value is its path. */
export const keepJournal: Tampering = (app, path) => {
  const kept = (journal = new Journal(String(path)));
  around(engineProvider(app, 'Attempt'), 'run', (original, ...input) => {
    kept.write('start', attempted(input));
    return original(...input);
  });
  around(engineProvider(app, 'LaneRecorder'), 'record', async (original, ...input) => {
    const pair = pairOf(recorded(input).delivery);
    try {
      const accepted = await original(...input);
      kept.write(accepted ? 'recorded' : 'refused', pair);
      return accepted;
    } catch (error) {
      kept.write('unwritten', pair);
      throw error;
    }
  });
};

/** Where a process can be made to kill itself. */
const POINTS = {
  /** The lane is claimed, nothing is read yet. */
  claimed: (app, passed) =>
    after(app, 'LaneClaims', 'claim', (claim) => {
      if (claim) passed();
    }),
  /** The receiver has answered 2xx, and the answer is not recorded. */
  answered: (app, passed) =>
    before(app, 'LaneRecorder', 'record', (input) => {
      if (recorded(input).result.outcome.kind === 'succeeded') passed();
    }),
  /** A request that is not its delivery's first one is on its way. */
  retrying: (app, passed) => {
    const retries = new Set<string>();
    before(app, 'SliceWorker', 'send', ([, delivery]) => {
      if ((delivery as Delivery).attemptCount > 0) retries.add(pairOf(delivery as Delivery));
    });
    before(app, 'Attempt', 'run', (input) => {
      // The receiver takes longer than that to answer.
      if (retries.delete(attempted(input))) setTimeout(passed, 20);
    });
  },
  /** The relay has locked its events, nothing is inserted. */
  relaying: (app, passed) =>
    after(app, 'WaitingEvents', 'claim', (claimed) => {
      if ((claimed as { events: unknown[] }).events.length > 0) passed();
    }),
  /** The events are matched, nothing is inserted. */
  fanning_out: (app, passed) => before(app, 'FanOut', 'store', passed),
  /** Deliveries and marks are there, and not committed. */
  fanned_out: (app, passed) => after(app, 'FanOut', 'store', passed),
  /** The event is in the host's transaction, which is not committed. */
  published: (app, passed) => after(app, 'Outbox', 'append', passed),
  /** The host's transaction is committed, and nobody has been told. */
  committed: (app, passed) => before(app, 'Relay', 'ring', passed),
} as const satisfies Record<string, (app: INestApplicationContext, passed: () => void) => void>;

export type Point = keyof typeof POINTS;

/** Kills the process as it passes a point for the n-th time; the value is `<point>:<n>`. */
export const dieAt: Tampering = (app, value) => {
  const [point, times] = String(value).split(':') as [Point, string];
  let left = Number(times);
  POINTS[point](app, () => {
    left -= 1;
    if (left !== 0) return;
    journal?.write('dies', point);
    process.kill(process.pid, 'SIGKILL');
  });
};

/** Says that deliveries have succeeded and sends them afterwards, as a sender does that promises "at most once". */
export const succeedFirst: Tampering = (app) => {
  const dataSource = app.get(DataSource);
  around(engineProvider(app, 'SliceWorker'), 'workLines', async (original, ...input) => {
    const { lines } = input[1] as { lines: Delivery[][] };
    await dataSource.query(
      `UPDATE webhook_delivery SET status = 'succeeded', due_at = NULL WHERE id = ANY($1)`,
      [lines.flat().map(({ id }) => id)],
    );
    return original(...input);
  });
};

function before(
  app: INestApplicationContext,
  provider: string,
  method: string,
  look: (input: unknown[]) => void,
): void {
  around(engineProvider(app, provider), method, (original, ...input) => {
    look(input);
    return original(...input);
  });
}

function after(
  app: INestApplicationContext,
  provider: string,
  method: string,
  look: (result: unknown, input: unknown[]) => void,
): void {
  around(engineProvider(app, provider), method, async (original, ...input) => {
    const result = await original(...input);
    look(result, input);
    return result;
  });
}

function recorded(input: unknown[]): { delivery: Delivery; result: { outcome: { kind: string } } } {
  return input[0] as { delivery: Delivery; result: { outcome: { kind: string } } };
}

function attempted([webhook, cached]: unknown[]): string {
  const { id } = webhook as { id: string };
  return pairOf({ webhookId: id, eventId: (cached as { event: { id: string } }).event.id });
}

function pairOf({ webhookId, eventId }: Pick<Delivery, 'webhookId' | 'eventId'>): string {
  return `${webhookId}/${eventId}`;
}
