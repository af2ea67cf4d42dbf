import { isOperational } from '../../catalog/operational-events.js';
import type { BodySchema, JsonSchema } from './json-schema.js';
import { ANY_OBJECT, nounOf, object, TEXT } from './json-schema.js';
import { availability, booking, diff, order, product, supplier, webhook } from './octo-models.js';
import { WEBHOOK_NEWS } from './webhook-news.js';

const UPDATES: Partial<Record<string, JsonSchema>> = {
  booking: object({ webhook, booking, diff, supplier }),
  order: object({ webhook, order, diff, supplier }),
  product: object({ webhook, product, diff, supplier }),
  availability: object({ webhook, availability, productId: TEXT, optionId: TEXT, supplier }),
};

/** OCTO's webhook bodies. An event that OCTO has none for is an update of its booking, or goes by its own noun. */
export function octoSchema(type: string): BodySchema {
  const noun = nounOf(type);
  if (isOperational(type))
    return { name: `octo.${type}`, schema: object({ webhook, about: WEBHOOK_NEWS, supplier }) };
  const schema = UPDATES[noun];
  if (schema) return { name: `octo.${noun}_update`, schema };
  return {
    name: `octo.${type}`,
    schema: object({ webhook, supplier }, { [noun]: ANY_OBJECT, booking, diff }),
  };
}
