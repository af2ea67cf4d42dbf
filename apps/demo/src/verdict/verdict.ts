import type { CommittedChange, Subscription } from './changes.js';
import { languageOf, mustSpeak, mustTell } from './what-is-told.js';
import { hears } from './who-hears.js';

export type { CommittedChange, Subscription } from './changes.js';

/** One request as the receiver saw it. */
export interface LedgerEntry {
  /** Epoch milliseconds. */
  at: number;
  /** The webhook whose URL it came to; null when nobody had told the receiver about it. */
  webhookId: string | null;
  /** The `webhook-id` header. */
  eventId: string;
  /** What the body says happened, in the words of its profile. */
  event: string | null;
  /** Id of what the body says it is about. */
  subject: string | null;
  /** The `content-language` header. */
  language: string | null;
  /** Of the body. */
  bytes: number;
  /** The HTTP status it was answered with; null when the receiver let it hang. */
  answer: number | null;
  /** Whether somebody else's code accepted the signature and the body. */
  verified: boolean;
  /** Why it was not. */
  fault: string | null;
}

export interface Verdict {
  /** Committed changes. */
  events: number;
  /**
   * Pairs of event and webhook that were owed: every committed change × every webhook of its contract that asks for it
   * under one of its names. Of a webhook that answered 410 only the pairs it had acknowledged are owed; see `gone`.
   */
  deliveries: number;
  /** Distinct pairs that the receiver answered with 2xx. */
  received: number;
  /** Those of them whose signature and body were accepted. */
  verified: number;
  /** Owed pairs that were never answered with 2xx. */
  lost: number;
  /** Distinct pairs that arrived, whatever the answer, and no committed change owes: not committed, not theirs, or not what it says. */
  phantom: number;
  /** Requests answered with 2xx beyond the first of their pair. */
  duplicates: number;
  gone: GoneWebhook[];
}

/** A webhook whose receiver answered 410, after which the engine must leave it alone. */
export interface GoneWebhook {
  webhookId: string;
  acknowledged: number;
  /** Requests answered with 410: the first one, and those that were under way at that moment. */
  refused: number;
  /** Committed changes it subscribes to and did not acknowledge. */
  unsent: number;
}

/** Compares what the receiver saw with what the platform committed. The engine's own tables have no say in it. */
export function judge(
  committed: readonly CommittedChange[],
  subscriptions: readonly Subscription[],
  ledger: readonly LedgerEntry[],
): Verdict {
  const acknowledgements = ledger.filter(({ answer }) => answer !== null && answer >= 200 && answer < 300);
  const received = new Set(acknowledgements.map(pairOf));
  const subscribed = subscribedPairs(committed, subscriptions);
  const gone = new Map(goneWebhooks(ledger).map((webhook) => [webhook.webhookId, webhook]));
  const owed = [...subscribed].filter(([pair, { webhookId }]) => !gone.has(webhookId) || received.has(pair));
  for (const [pair, { webhookId }] of subscribed) {
    const webhook = gone.get(webhookId);
    if (webhook) webhook[received.has(pair) ? 'acknowledged' : 'unsent'] += 1;
  }

  return {
    events: committed.length,
    deliveries: owed.length,
    received: received.size,
    verified: new Set(acknowledgements.filter(({ verified }) => verified).map(pairOf)).size,
    lost: owed.filter(([pair]) => !received.has(pair)).length,
    phantom: new Set(ledger.filter((entry) => !tellsOf(subscribed.get(pairOf(entry)), entry)).map(pairOf))
      .size,
    duplicates: acknowledgements.length - received.size,
    gone: [...gone.values()],
  };
}

/** The demo's last line. */
export function verdictLine(verdict: Verdict, rolledBack: number): string {
  const { events, deliveries, received, verified, lost, phantom, duplicates } = verdict;
  return (
    `demo: events=${events} rolledback=${rolledBack} deliveries=${deliveries} received=${received} ` +
    `verified=${verified} lost=${lost} phantom=${phantom} duplicates=${duplicates}`
  );
}

interface SubscribedChange {
  webhookId: string;
  subscription: Subscription;
  change: CommittedChange;
}

function subscribedPairs(
  committed: readonly CommittedChange[],
  subscriptions: readonly Subscription[],
): Map<string, SubscribedChange> {
  const pairs = committed.flatMap((change) =>
    subscriptions
      .filter((subscription) => hears(subscription, change))
      .map((subscription) => ({ webhookId: subscription.webhookId, subscription, change })),
  );
  return new Map(
    pairs.map((pair) => [pairOf({ webhookId: pair.webhookId, eventId: pair.change.eventId }), pair]),
  );
}

function goneWebhooks(ledger: readonly LedgerEntry[]): GoneWebhook[] {
  const refusals = ledger.filter(({ answer }) => answer === 410);
  const ids = new Set(refusals.flatMap(({ webhookId }) => webhookId ?? []));
  return [...ids].map((webhookId) => ({
    webhookId,
    acknowledged: 0,
    refused: refusals.filter((entry) => entry.webhookId === webhookId).length,
    unsent: 0,
  }));
}

function pairOf({ webhookId, eventId }: Pick<LedgerEntry, 'webhookId' | 'eventId'>): string {
  return `${webhookId ?? 'unknown'} ${eventId}`;
}

/** Whether a request says what its pair is owed, in the language it is owed in. */
function tellsOf(owed: SubscribedChange | undefined, { event, subject, language }: LedgerEntry): boolean {
  if (!owed) return false;
  const told = mustTell(owed.subscription.profile, owed.change);
  return (
    told.event === event &&
    told.subject === subject &&
    language !== null &&
    mustSpeak(owed.subscription, owed.change) === languageOf(language)
  );
}
