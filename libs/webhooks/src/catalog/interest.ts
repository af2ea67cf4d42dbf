import type { EventChange } from './event-change.js';
import type { EventFilter } from './event-filter.js';
import { passesFilter } from './event-filter.js';
import { isOperational } from './operational-events.js';
import type { TypeRules } from './type-rules.js';

/** Which events one webhook wants, by its event types and its filters. The one rule for fan-out and recovery. */
export class Interest {
  constructor(
    private readonly rules: TypeRules,
    private readonly filter: EventFilter | null,
  ) {}

  /** A filter narrows the host's events: news of a webhook has neither products nor a booking's status. */
  wants(change: EventChange): boolean {
    if (!this.rules.cover(change)) return false;
    return this.filter === null || isOperational(change.type) || passesFilter(this.filter, change);
  }

  /** Whether an event's data has to be read to tell, for events of any of these types. */
  dependsOnData(types: readonly string[]): boolean {
    return this.filter !== null || types.some((type) => this.rules.dependsOnData(type));
  }
}
