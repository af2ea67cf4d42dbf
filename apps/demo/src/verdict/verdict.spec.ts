import type { CommittedChange, LedgerEntry, Subscription } from './verdict.js';
import { judge, verdictLine } from './verdict.js';

const created: CommittedChange = {
  eventId: 'e-1',
  contractId: 'C-1',
  type: 'booking.created',
  subject: 'B-1',
  bookingId: 'B-1',
  status: 'ON_HOLD',
  previousStatus: null,
  flies: true,
  guestLocale: 'es',
};
const delayed: CommittedChange = {
  ...created,
  eventId: 'e-2',
  type: 'flight.status_changed',
  subject: 'F-1',
};
const body = { profile: 'standard', locale: 'de', useContactLanguage: false };
const everything: Subscription = { ...body, webhookId: 'w-all', contractId: 'C-1', eventTypes: ['*'] };
const bookings: Subscription = {
  ...body,
  webhookId: 'w-bookings',
  contractId: 'C-1',
  eventTypes: ['booking.*'],
};
const stranger: Subscription = { ...body, webhookId: 'w-stranger', contractId: 'C-2', eventTypes: ['*'] };

const committed = [created, delayed];
const subscriptions = [everything, bookings, stranger];

function arrival(change: CommittedChange, webhookId: string, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const { eventId, type: event, subject } = change;
  const told = { event, subject, language: 'de', bytes: 100 };
  return { at: 0, webhookId, eventId, ...told, answer: 200, verified: true, fault: null, ...more };
}

const complete = [arrival(created, 'w-all'), arrival(delayed, 'w-all'), arrival(created, 'w-bookings')];

describe('the verdict', () => {
  it('finds nothing wrong when every subscribing webhook acknowledged every committed change once', () => {
    expect(judge(committed, subscriptions, complete)).toEqual({
      events: 2,
      deliveries: 3,
      received: 3,
      verified: 3,
      lost: 0,
      phantom: 0,
      duplicates: 0,
      gone: [],
    });
  });

  it('counts a pair that never arrived as lost', () => {
    const verdict = judge(committed, subscriptions, complete.slice(1));
    expect(verdict).toMatchObject({ deliveries: 3, received: 2, lost: 1, phantom: 0 });
  });

  it.each([
    ['refused', 500],
    ['left hanging', null],
    ['redirected', 302],
  ])('counts a pair that was only ever %s as lost', (_, answer) => {
    const ledger = [...complete.slice(1), arrival(created, 'w-all', { answer })];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({ received: 2, lost: 1, phantom: 0 });
  });

  it('forgives a failed request that was repeated with success', () => {
    const ledger = [arrival(created, 'w-all', { answer: 500 }), ...complete];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({ received: 3, lost: 0, duplicates: 0 });
  });

  it('counts an event that was not committed as a phantom, once for each webhook, whatever it was answered', () => {
    const rolledBack = { ...created, eventId: 'e-rolled-back' };
    const ledger = [
      ...complete,
      arrival(rolledBack, 'w-all'),
      arrival(rolledBack, 'w-all', { answer: 500 }),
      arrival(rolledBack, 'w-bookings', { answer: 500 }),
    ];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({ lost: 0, phantom: 2 });
  });

  it.each([
    ['to a webhook of another contract', arrival(created, 'w-stranger')],
    ['to a webhook that does not subscribe to its type', arrival(delayed, 'w-bookings')],
    ['to a webhook that nobody created', arrival(created, 'w-unheard-of')],
    ['to a receiver without a webhook', { ...arrival(created, 'w-all'), webhookId: null }],
    ['about another subject than was committed', arrival(created, 'w-all', { subject: 'B-2' })],
    ['of another type than was committed', arrival(created, 'w-all', { event: 'booking.cancelled' })],
    ['whose body says nothing', arrival(created, 'w-all', { event: null, subject: null })],
    ['in another language than it is owed in', arrival(created, 'w-all', { language: 'en' })],
    ['in no language', arrival(created, 'w-all', { language: null })],
  ])('counts a request %s as a phantom', (_, entry) => {
    expect(judge(committed, subscriptions, [...complete, entry])).toMatchObject({ phantom: 1 });
  });

  it('counts acknowledged repeats of a pair as duplicates', () => {
    const ledger = [...complete, arrival(created, 'w-all'), arrival(created, 'w-all')];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({ received: 3, lost: 0, duplicates: 2 });
  });

  it('counts a pair as verified only if an acknowledged request of it had a genuine signature', () => {
    const forged = arrival(created, 'w-all', { verified: false });
    const verifiedYetRefused = arrival(created, 'w-all', { answer: 500 });
    const ledger = [forged, verifiedYetRefused, ...complete.slice(1)];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({ received: 3, verified: 2 });
  });

  it('owes a webhook that answered 410 what it had acknowledged, and tells how much came after', () => {
    const ledger = [
      arrival(created, 'w-all'),
      arrival(delayed, 'w-all', { answer: 410 }),
      arrival(created, 'w-bookings'),
    ];
    expect(judge(committed, subscriptions, ledger)).toMatchObject({
      deliveries: 2,
      received: 2,
      lost: 0,
      gone: [{ webhookId: 'w-all', acknowledged: 1, refused: 1, unsent: 1 }],
    });
  });

  it('prints one line of figures', () => {
    expect(verdictLine(judge(committed, subscriptions, complete), 7)).toBe(
      'demo: events=2 rolledback=7 deliveries=3 received=3 verified=3 lost=0 phantom=0 duplicates=0',
    );
  });
});
