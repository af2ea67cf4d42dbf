import 'reflect-metadata';

import { DataSource } from 'typeorm';

import { database, entities } from './database.js';

/** TypeORM itself would list the tables of every database on the server. */
const TABLES: Record<string, string> = {
  postgres: 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
  mariadb: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  sqljs: "SELECT name FROM sqlite_master WHERE type = 'table'",
};

/** `up` runs every migration; `down` takes each of them back. Prints the tables that are there afterwards. */
async function migrate(direction: string | undefined): Promise<void> {
  const dataSource = await new DataSource({ ...database, entities }).initialize();
  if (direction === 'up') await dataSource.runMigrations();
  else while (await isAnyLeft(dataSource)) await dataSource.undoLastMigration();
  const tables = await dataSource.query<{ name: string }[]>(TABLES[database.type] ?? '');
  console.log(JSON.stringify(tables.map(({ name }) => name)));
  await dataSource.destroy();
}

async function isAnyLeft(dataSource: DataSource): Promise<boolean> {
  return (await dataSource.query<unknown[]>('SELECT * FROM migrations')).length > 0;
}

void migrate(process.argv[2]);
