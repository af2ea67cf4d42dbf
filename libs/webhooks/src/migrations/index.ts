import { CreateWebhookTables1763769600000 } from './1763769600000-create-webhook-tables.js';

/** The module's migrations, oldest first: `migrations: [...yours, ...webhookMigrations]`. */
export const webhookMigrations = [CreateWebhookTables1763769600000];
