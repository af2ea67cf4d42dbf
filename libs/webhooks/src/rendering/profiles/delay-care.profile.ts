import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Document, Format, Value } from '../document.js';
import type { CanonicalEvent, Profile, RenderContext } from '../profile.js';
import { flightBody } from './delay-care-flight.js';
import { orderBody } from './delay-care-order.js';

/**
 * The partner portal with Delay Care. A flight's change is the order it touches, under what changed; a product's is the
 * product; an order's or a booking's is the order; anything else is the data as published. `eventType` is the portal's
 * name, in title case where the portal has none (`Booking Cancelled`).
 */
export class DelayCareProfile implements Profile {
  readonly name = 'delay-care';
  readonly formats: readonly Format[] = ['json', 'xml', 'form'];
  readonly personal = false;

  render(event: CanonicalEvent, context: RenderContext): Document {
    const eventType = portalName(event.type);
    return {
      root: 'webhook',
      value: { eventType, contractId: event.contractId, ...contents(event, context) },
    };
  }
}

function contents(event: CanonicalEvent, context: RenderContext): Record<string, Value> {
  const data = fieldsOf(event.data);
  if (event.type.startsWith('product.')) return { product: fieldsOf(data.product) as Value };
  const order = orderBody(data, inAllLanguages(event), context.locale);
  if (event.type === 'flight.status_changed') {
    const previous = fieldsOf(fieldsOf(event.previous).flight);
    return { flight: flightBody(fieldsOf(data.flight), previous, context), ...order };
  }
  return /^(?:order|booking)\./.test(event.type) ? order : { data: data as Value };
}

/** The data with its texts in every language; empty when there is nothing to choose from. */
function inAllLanguages({ publishedText, dataText }: CanonicalEvent): EventData {
  const text = publishedText ?? dataText;
  if (!/"\$localized"\s*:/.test(text)) return {};
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function portalName(type: string): string {
  if (type === 'flight.status_changed') return 'Flight Delay Status Change';
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join(' ');
}
