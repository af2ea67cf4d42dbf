import type { EventChange } from './event-change.js';
import type { EventFilter } from './event-filter.js';
import { passesFilter } from './event-filter.js';
import type { TypeRules } from './type-rules.js';

/** Which events one webhook wants, by its event types and its filters. The one rule for fan-out and recovery. */
export class Interest {
  constructor(
    private readonly rules: TypeRules,
    private readonly filter: EventFilter | null,
  ) {}

  wants(change: EventChange): boolean {
    return this.rules.cover(change) && (this.filter === null || passesFilter(this.filter, change));
  }

  /** Whether an event's data has to be read to tell, for events of any of these types. */
  dependsOnData(types: readonly string[]): boolean {
    return this.filter !== null || types.some((type) => this.rules.dependsOnData(type));
  }
}
