import type { Dialect } from '../catalog/dialects/dialect.js';
import { DIALECTS } from '../catalog/dialects/dialect.js';
import { languageTag, oneOf, optional } from './field-rules.js';
import { validated } from './validated.js';

export class EventTypesQuery {
  /** Only the names of this dialect. @default all */
  @optional(oneOf(...DIALECTS))
  dialect?: Dialect;

  /** The language of labels and descriptions, a BCP 47 tag. @default English */
  @optional(languageTag)
  locale?: string;
}

export const eventTypesQuery = validated(EventTypesQuery);
