import type { Document, Format, Value } from '../document.js';
import { JsonText } from '../document.js';
import type { CanonicalEvent, Profile } from '../profile.js';

/**
 * The envelope of Standard Webhooks ("Payload structure"): `type`, `timestamp`, `data`.
 *
 * Data without texts in several languages is spliced in as text: parsing and printing it again would re-order
 * integer-like keys and round large numbers.
 */
export class StandardProfile implements Profile {
  readonly name = 'standard';
  readonly formats: readonly Format[] = ['json', 'xml', 'form'];
  readonly personal = false;

  render(event: CanonicalEvent): Document {
    const localized = /"\$localized"\s*:/.test(event.dataText);
    return {
      root: 'webhook',
      value: {
        type: event.type,
        timestamp: new Date(event.occurredAt).toISOString(),
        data: localized ? (event.data as Value) : new JsonText(event.dataText),
      },
    };
  }
}
