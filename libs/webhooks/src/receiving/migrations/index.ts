import { CreateReceivedWebhook1763856000000 } from './1763856000000-create-received-webhook.js';

/** The receiver's migrations, oldest first: `migrations: [...yours, ...receiverMigrations]`. */
export const receiverMigrations = [CreateReceivedWebhook1763856000000];
