import 'reflect-metadata';

import { DataSource } from 'typeorm';

import { database, entities } from './database.js';

/** `up` runs every migration; `down` takes each of them back. Prints the tables that are there afterwards. */
async function migrate(direction: string | undefined): Promise<void> {
  const dataSource = await new DataSource({ ...database, entities }).initialize();
  if (direction === 'up') await dataSource.runMigrations();
  else while (await isAnyLeft(dataSource)) await dataSource.undoLastMigration();
  const runner = dataSource.createQueryRunner();
  const tables = await runner.getTables();
  await runner.release();
  console.log(JSON.stringify(tables.map(({ name }) => name)));
  await dataSource.destroy();
}

async function isAnyLeft(dataSource: DataSource): Promise<boolean> {
  return (await dataSource.query<unknown[]>('SELECT * FROM migrations')).length > 0;
}

void migrate(process.argv[2]);
