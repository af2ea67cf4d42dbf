import type { Dialect } from '../catalog/dialects/dialect.js';
import { DIALECTS } from '../catalog/dialects/dialect.js';
import { oneOf, optional } from './field-rules.js';
import { validated } from './validated.js';

export class EventTypesQuery {
  /** Only the names of this dialect. @default all */
  @optional(oneOf(...DIALECTS))
  dialect?: Dialect;
}

export const eventTypesQuery = validated(EventTypesQuery);
