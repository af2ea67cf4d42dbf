import { fieldsOf } from '../../catalog/fields-of.js';
import type { Document, Format, Value } from '../document.js';
import type { CanonicalEvent, Profile, RenderContext } from '../profile.js';
import { capdataEventKey, capdataEventType, updatedAt } from './capdata-event.js';
import { ACTOR_TOKEN_CAPABILITY, accountContext, actionOriginator } from './capdata-parties.js';
import { reservation } from './capdata-reservation.js';

/**
 * CapData's webhook ("Webhook Payload Structure"). A new reservation is a list of one with dates `dd/mm/yyyy`; an updated
 * one is an object with dates `yyyy-mm-dd`, followed by `updated_at`. A booking without flights has the same shape under its
 * canonical name; of any other event `reservation_data` is the data as published.
 */
export class CapdataProfile implements Profile {
  readonly name = 'capdata';
  readonly formats: readonly Format[] = ['json', 'xml', 'form'];
  readonly personal = false;

  render(event: CanonicalEvent, { capabilities }: RenderContext): Document {
    const changed = updatedAt(event);
    return {
      root: 'webhook',
      value: {
        event_type: capdataEventType(event),
        reservation_data: reservationData(event),
        ...(changed !== null && { updated_at: changed }),
        webhook_account_context: accountContext(event.accountContext, event.contractId),
        action_originator: actionOriginator(event.originator, capabilities.has(ACTOR_TOKEN_CAPABILITY)),
      },
    };
  }

  /** The key of the event, which receivers recognize a duplicate by. */
  headers(event: CanonicalEvent): Record<string, string> {
    return { 'x-idempotency-key': capdataEventKey(event) };
  }
}

function reservationData({ type, data }: CanonicalEvent): Value {
  const booking = fieldsOf(fieldsOf(data).booking);
  if (type === 'booking.created') return [reservation(booking, 'dd/mm/yyyy')];
  return type.startsWith('booking.') ? reservation(booking, 'yyyy-mm-dd') : (data as Value);
}
