import type { BodySchema, JsonSchema } from './json-schema.js';
import {
  ANY_OBJECT,
  each,
  ID_OR_NULL,
  INSTANT,
  list,
  nounOf,
  object,
  oneOfWords,
  TEXT,
  TEXT_OR_NULL,
} from './json-schema.js';
import { publishedData } from './webhook-news.js';

const account = object({
  owner_id: ID_OR_NULL,
  ...each(['owner_name', 'owner_email', 'owner_slug'], TEXT_OR_NULL),
});

const originator = object(
  { actor_type: TEXT_OR_NULL, actor_id: ID_OR_NULL, actor_name: TEXT_OR_NULL },
  {
    actor_username: TEXT_OR_NULL,
    actor_token_used: TEXT_OR_NULL,
    agent_belongs_to_client_id: ID_OR_NULL,
    ...each(['agent_belongs_to_client_name', 'agent_belongs_to_client_type'], TEXT_OR_NULL),
  },
);

const reservation = (dates: string): JsonSchema => {
  const date = { type: ['string', 'null'], description: dates };
  return object(
    {
      ...each(['booking_code', 'passenger_name'], TEXT_OR_NULL),
      departure_date: date,
      ...each(['airline', 'price', 'currency', 'status'], TEXT_OR_NULL),
      flight_numbers: list(TEXT),
      ...each(['origin', 'destination', 'email', 'booking_id'], TEXT_OR_NULL),
    },
    { return_date: date, product: TEXT_OR_NULL, fields: ANY_OBJECT },
  );
};

/** CapData's bodies: a new reservation is a list of one, an updated one an object; other events are as published. */
export function capdataSchema(type: string): BodySchema {
  const parties = { webhook_account_context: account, action_originator: originator };
  return { name: `capdata.${type}`, schema: object({ ...contents(type), ...parties }) };
}

/** A booking that nothing flies in goes by its canonical name. */
function contents(type: string): Record<string, JsonSchema> {
  if (type === 'booking.created') {
    const reservations = { ...list(reservation('dd/mm/yyyy')), minItems: 1, maxItems: 1 };
    return {
      event_type: oneOfWords('new_flight_reservation_from_extension', type),
      reservation_data: reservations,
    };
  }
  const booking = nounOf(type) === 'booking';
  return {
    event_type: booking ? oneOfWords('flight_reservation_updated', type) : { const: type },
    reservation_data: booking ? reservation('yyyy-mm-dd') : publishedData(type),
    updated_at: INSTANT,
  };
}
