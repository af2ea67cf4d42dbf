import type { DeliveryView } from './delivery-view.js';
import { changesSince } from './live-changes.js';

const COUNTS = { pending: 1, held: 0 };

function delivery(id: string, fields: Partial<DeliveryView> = {}): DeliveryView {
  return {
    id,
    webhookId: 'W-1',
    eventId: `E-${id}`,
    eventType: 'booking.created',
    status: 'pending',
    trigger: 'scheduled',
    attemptCount: 0,
    nextAttemptAt: null,
    lastStatusCode: null,
    lastError: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    supersededBy: null,
    completedAt: null,
    ...fields,
  };
}

it('the first snapshot is news, even of a webhook without deliveries', () => {
  const empty = { items: [], counts: { pending: 0, held: 0 } };
  expect(changesSince(undefined, empty)).toEqual(empty);
});

it('a snapshot like the one before is no news', () => {
  const snapshot = () => ({ items: [delivery('1'), delivery('2')], counts: { ...COUNTS } });
  expect(changesSince(snapshot(), snapshot())).toBeUndefined();
});

it('only what is new or different is told', () => {
  const before = { items: [delivery('2'), delivery('1')], counts: COUNTS };
  const changed = delivery('2', { status: 'succeeded', attemptCount: 1 });
  const now = { items: [delivery('3'), changed, delivery('1')], counts: COUNTS };
  expect(changesSince(before, now)?.items.map(({ id }) => id)).toEqual(['3', '2']);
});

it('counts that changed are told without any delivery', () => {
  const before = { items: [delivery('1')], counts: COUNTS };
  const counts = { pending: 0, held: 1 };
  expect(changesSince(before, { ...before, counts })).toEqual({ items: [], counts });
});

it('a delivery that is no longer among the newest is not told of', () => {
  const before = { items: [delivery('2'), delivery('1')], counts: COUNTS };
  expect(changesSince(before, { items: [delivery('2')], counts: COUNTS })).toBeUndefined();
});
