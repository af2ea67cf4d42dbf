import { Test } from '@nestjs/testing';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { WebhooksModule } from 'nestjs-booking-webhooks';
import type { DataSource } from 'typeorm';

import { freshDatabase } from './database.js';
import { QUICK } from './host.js';
import { closeAll, unretriedOrm } from './unretried-orm.js';

/** Why an application with these options does not start. Leaves no connection behind, as a test that fails to boot would. */
export async function bootRefusal(options: Partial<WebhooksModuleOptions>): Promise<unknown> {
  const database = await freshDatabase();
  // Not those that are open already: the refusal can come before.
  const connecting: Promise<DataSource>[] = [];
  try {
    const orm = unretriedOrm(database.url, connecting);
    const webhooks = WebhooksModule.forRoot({
      ...QUICK,
      scheduler: 'in-process',
      ...options,
    } as WebhooksModuleOptions);
    const testing = await Test.createTestingModule({ imports: [orm, webhooks] }).compile();
    const app = testing.createNestApplication({ logger: false });
    await app.init();
    await app.close();
    return new Error('It started.');
  } catch (error) {
    return error;
  } finally {
    await closeAll(connecting);
    await database.drop();
  }
}
