import { Get, Inject, Query } from '@nestjs/common';

import type { EventTypeEntry } from '../catalog/event-catalog.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import { eventTypeKey } from '../rendering/localization/event-type-key.js';
import { MessageCatalog } from '../rendering/localization/message-catalog.js';
import type { Messages } from '../rendering/localization/messages.js';
import type { EventTypesQuery } from './event-types.query.js';
import { eventTypesQuery } from './event-types.query.js';

/** What webhooks can ask for. */
export class EventTypesController {
  constructor(
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(MessageCatalog) private readonly messages: MessageCatalog,
  ) {}

  @Get()
  list(@Query(eventTypesQuery) { dialect, locale }: EventTypesQuery): { data: EventTypeEntry[] } {
    const entries = this.catalog.list().filter((entry) => (dialect ?? entry.dialect) === entry.dialect);
    if (locale === undefined) return { data: entries };
    const messages = this.messages.in(locale);
    return { data: entries.map((entry) => translated(entry, messages)) };
  }
}

/** A host's own event type keeps its words unless the host's messages translate them. */
function translated(entry: EventTypeEntry, messages: Messages): EventTypeEntry {
  const key = eventTypeKey(entry.dialect === 'standard' ? 'canonical' : entry.dialect, entry.name);
  const text = (part: 'label' | 'description') => {
    const message = messages(`${key}.${part}`);
    return message === `${key}.${part}` ? entry[part] : message;
  };
  return { ...entry, label: text('label'), description: text('description') };
}
