import type { EventData, Originator } from '../catalog/domain-events.js';
import type { CanonicalEventType } from '../catalog/event-types.js';
import type { Document, Format } from './document.js';
import type { Messages } from './localization/messages.js';

/** A stored event, read, with its texts in the body's language. */
export interface CanonicalEvent {
  id: string;
  type: CanonicalEventType;
  contractId: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  data: EventData;
  /** `data` as exact JSON text: as it was published, unless texts were put into one language. */
  dataText: string;
  /** What was published, with its texts in every language, where that differs from `dataText`. */
  publishedText?: string;
  previous: EventData | null;
  originator: Originator | null;
  accountContext: EventData | null;
  eventKey: string | null;
}

/** The webhook a body is for, as it may be shown in the body: credentials are masked. */
export interface Subscription {
  id: string;
  url: string;
  eventTypes: readonly string[];
  retryOnError: boolean;
  useContactLanguage: boolean;
  headers: Record<string, string>;
  capabilities: readonly string[];
}

export interface RenderContext {
  /** The language of the body, a canonical BCP 47 tag. */
  locale: string;
  /** ICU messages in that language. */
  messages: Messages;
  capabilities: ReadonlySet<string>;
  subscription: Subscription;
}

/** The shape of a body: a pure function of the event and of what the webhook asked for. */
export interface Profile {
  /** The word a webhook names it by. */
  readonly name: string;
  /** The formats it can be sent in, the usual one first. */
  readonly formats: readonly Format[];
  /** Whether the body speaks of the webhook itself, so that no two webhooks share one. */
  readonly personal: boolean;
  /** The dialect's own rule: so many failures in a row, whatever they failed for, disable the webhook. */
  readonly disableAfterFailures?: number;
  /** Never throws for an event of a canonical type, however odd its data. */
  render(event: CanonicalEvent, context: RenderContext): Document;
  /** Headers that its receivers expect beside the body. */
  headers?(event: CanonicalEvent): Record<string, string>;
}
