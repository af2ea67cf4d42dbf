import type { FieldRule } from './field-rules.js';
import { described } from './field-rules.js';

/** The type of an event: a canonical one, one of the host's own, or one of our own news. */
export const canonicalEventType: FieldRule = {
  refusal: (value, catalog) =>
    typeof value === 'string' && catalog.isCanonical(value)
      ? undefined
      : `there is no event type ${described(value)}`,
  expected: (value, catalog) => {
    const { canonicalTypes } = catalog;
    const near =
      typeof value === 'string' ? catalog.nearest(value.slice(0, 128), canonicalTypes) : canonicalTypes;
    return `send one of ${near.map((type) => `'${type}'`).join(', ')}; GET event-types lists all`;
  },
};
