import type { EventData } from './domain-events.js';

/** What an event says has changed: what subscriptions are matched against. */
export interface EventChange {
  readonly type: string;
  readonly data: EventData;
  /** Null when the host did not say how it was before. */
  readonly previous: EventData | null;
}

/** A stored event's change. Its texts are parsed when somebody asks, most subscriptions only look at the type. */
export class StoredChange implements EventChange {
  private parsedData: EventData | undefined;
  private parsedPrevious: EventData | null | undefined;

  constructor(private readonly event: { type: string; data: string; previous: string | null }) {}

  get type(): string {
    return this.event.type;
  }

  get data(): EventData {
    return (this.parsedData ??= JSON.parse(this.event.data) as EventData);
  }

  get previous(): EventData | null {
    if (this.parsedPrevious === undefined) {
      const { previous } = this.event;
      this.parsedPrevious = previous === null ? null : (JSON.parse(previous) as EventData);
    }
    return this.parsedPrevious;
  }
}
