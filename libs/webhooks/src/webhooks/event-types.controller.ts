import { Get, Inject, Query } from '@nestjs/common';

import type { EventTypeEntry } from '../catalog/event-catalog.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import type { EventTypesQuery } from './event-types.query.js';
import { eventTypesQuery } from './event-types.query.js';

/** What webhooks can ask for. */
export class EventTypesController {
  constructor(@Inject(EventCatalog) private readonly catalog: EventCatalog) {}

  @Get()
  list(@Query(eventTypesQuery) { dialect }: EventTypesQuery): { data: EventTypeEntry[] } {
    const entries = this.catalog.list();
    return { data: dialect === undefined ? entries : entries.filter((entry) => entry.dialect === dialect) };
  }
}
