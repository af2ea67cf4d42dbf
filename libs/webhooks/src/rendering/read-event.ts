import type { EventData, Originator } from '../catalog/domain-events.js';
import type { CanonicalEventType } from '../catalog/event-types.js';
import type { CanonicalEvent } from './profile.js';

/** A stored event's columns that a body is made of. JSON texts are as they were published. */
export interface StoredEvent {
  id: string;
  type: string;
  contractId: string;
  occurredAt: number;
  data: string;
  previous: string | null;
  originator: string | null;
  accountContext: string | null;
  contactLocales: string | null;
  eventKey: string | null;
}

/** A stored event whose parts are parsed when a profile asks for them: the standard body never does. */
export class ReadEvent implements CanonicalEvent {
  readonly dataText: string;
  private parsedData: EventData | undefined;

  /** @param data replaces the stored data and state before, for texts in one language */
  constructor(
    private readonly stored: StoredEvent,
    private readonly replaced?: { data: EventData; previous: EventData | null },
  ) {
    this.dataText = replaced ? JSON.stringify(replaced.data) : stored.data;
  }

  get publishedText(): string | undefined {
    return this.replaced && this.stored.data;
  }

  get id(): string {
    return this.stored.id;
  }

  get type(): CanonicalEventType {
    return this.stored.type as CanonicalEventType;
  }

  get contractId(): string {
    return this.stored.contractId;
  }

  get occurredAt(): number {
    return this.stored.occurredAt;
  }

  get eventKey(): string | null {
    return this.stored.eventKey;
  }

  get data(): EventData {
    this.parsedData ??= this.replaced?.data ?? (JSON.parse(this.stored.data) as EventData);
    return this.parsedData;
  }

  get previous(): EventData | null {
    return this.replaced ? this.replaced.previous : parsed<EventData>(this.stored.previous);
  }

  get originator(): Originator | null {
    return parsed<Originator>(this.stored.originator);
  }

  get accountContext(): EventData | null {
    return parsed<EventData>(this.stored.accountContext);
  }
}

/** The guest's languages of a stored event. */
export function contactLocales(stored: StoredEvent): string[] {
  return parsed<string[]>(stored.contactLocales) ?? [];
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
