import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { webhookMigrations, WebhooksModule } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import { freshDatabase } from './database.js';
import { QUICK } from './host.js';

/** Why an application with these options does not start. Leaves no connection behind, as a test that fails to boot would. */
export async function bootRefusal(options: Partial<WebhooksModuleOptions>): Promise<unknown> {
  const database = await freshDatabase();
  // Not those that are open already: the refusal can come before.
  const connecting: Promise<DataSource>[] = [];
  try {
    const orm = TypeOrmModule.forRootAsync({
      useFactory: () => ({
        type: 'postgres',
        url: database.url,
        autoLoadEntities: true,
        migrations: webhookMigrations,
        migrationsRun: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: (given) => {
        const connection = new DataSource(given!).initialize();
        connecting.push(connection);
        return connection;
      },
    });
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
    for (const connection of await Promise.all(connecting))
      if (connection.isInitialized) await connection.destroy();
    await database.drop();
  }
}
