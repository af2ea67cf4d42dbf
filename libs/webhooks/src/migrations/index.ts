import { CreateWebhookTables1763769600000 } from './1763769600000-create-webhook-tables.js';
import { AddWebhookFilters1763856000000 } from './1763856000000-add-webhook-filters.js';
import { AddOrderingAndRate1763942400000 } from './1763942400000-add-ordering-and-rate.js';
import { IndexEventsByContract1764028800000 } from './1764028800000-index-events-by-contract.js';
import { ShareTheRelay1764115200000 } from './1764115200000-share-the-relay.js';
import { CountHeldDeliveries1764220000000 } from './1764220000000-count-held-deliveries.js';
import { AddPullFeed1764221000000 } from './1764221000000-add-pull-feed.js';
import { StoreTraceContext1764230000000 } from './1764230000000-store-trace-context.js';
import { AddCoalescing1764240000000 } from './1764240000000-add-coalescing.js';

/** The module's migrations, oldest first: `migrations: [...yours, ...webhookMigrations]`. */
export const webhookMigrations = [
  CreateWebhookTables1763769600000,
  AddWebhookFilters1763856000000,
  AddOrderingAndRate1763942400000,
  IndexEventsByContract1764028800000,
  ShareTheRelay1764115200000,
  CountHeldDeliveries1764220000000,
  AddPullFeed1764221000000,
  StoreTraceContext1764230000000,
  AddCoalescing1764240000000,
];
