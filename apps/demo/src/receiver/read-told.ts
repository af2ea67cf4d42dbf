import type { Told } from '../verdict/what-is-told.js';
import { fieldsOf } from './read-body.js';
import type { Fields } from './read-body.js';

/** What a body says happened, and to what, read where its profile says it. */
export function readTold(profile: string, body: Fields): { [Part in keyof Told]: string | null } {
  const { event, subject } = parts(profile, body);
  return { event: textOf(event), subject: textOf(subject) };
}

function parts(profile: string, body: Fields): { event: unknown; subject: unknown } {
  const { booking, product, flight, item } = body;
  switch (profile) {
    case 'octo':
      return { event: fieldsOf(body.webhook).event, subject: fieldsOf(booking ?? product).id };
    case 'octo-notification':
      return {
        event: body.notificationType,
        subject: fieldsOf(body.data).uuid ?? fieldsOf(body.data).productId,
      };
    case 'checkfront':
      return { event: body.event, subject: fieldsOf(booking ?? flight ?? item).id };
    case 'checkfront-3':
      return booking === undefined
        ? {
            event: [wordOf(body, 'type'), wordOf(body, 'action')].join('.'),
            subject: fieldsOf(item).item_id ?? fieldsOf(flight).id,
          }
        : {
            event: `booking ${textOf(fieldsOf(booking).status)}`,
            subject: fieldsOf(fieldsOf(booking)['@attributes']).booking_id,
          };
    case 'capdata': {
      const { reservation_data: data, event_type: event } = body;
      return { event, subject: fieldsOf(Array.isArray(data) ? data[0] : data).booking_id };
    }
    case 'delay-care':
      return { event: body.eventType, subject: body.orderId ?? fieldsOf(product).id };
    default: {
      const data = fieldsOf(body.data);
      const noun = String(body.type).split('.', 1)[0] ?? '';
      return { event: body.type, subject: fieldsOf(data[noun]).id };
    }
  }
}

/** These members are attributes of the root element in XML. */
function wordOf(body: Fields, name: string): unknown {
  return body[name] ?? fieldsOf(body['@attributes'])[name];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
