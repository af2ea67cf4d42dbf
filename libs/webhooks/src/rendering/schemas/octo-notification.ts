import { isOperational } from '../../catalog/operational-events.js';
import type { BodySchema, JsonSchema } from './json-schema.js';
import { INSTANT, nounOf, object, TEXT_OR_NULL, UUID } from './json-schema.js';
import { WEBHOOK_NEWS } from './webhook-news.js';

const DAY_OR_NULL: JsonSchema = { type: ['string', 'null'], format: 'date' };

const AVAILABILITY = object({
  productId: TEXT_OR_NULL,
  localDateStart: DAY_OR_NULL,
  localDateEnd: DAY_OR_NULL,
});

/** The thin bodies of OCTO's notifications: a payment, an order or a delay is an update of its booking. */
export function octoNotificationSchema(type: string): BodySchema {
  if (isOperational(type)) return notification(type.toUpperCase().replaceAll('.', '_'), WEBHOOK_NEWS);
  switch (nounOf(type)) {
    case 'availability':
      return notification('AVAILABILITY_UPDATE', AVAILABILITY);
    case 'product':
    case 'rate':
      return notification('PRODUCT_UPDATE', object({ productId: TEXT_OR_NULL }));
    default:
      return notification('BOOKING_UPDATE', object({ uuid: TEXT_OR_NULL }));
  }
}

function notification(name: string, data: JsonSchema): BodySchema {
  const schema = object({
    id: UUID,
    subscriptionId: UUID,
    notificationType: { const: name },
    utcCreatedAt: INSTANT,
    data,
  });
  return { name: `octo-notification.${name}`, schema };
}
