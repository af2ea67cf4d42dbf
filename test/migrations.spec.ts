import { webhookEntities, webhookMigrations } from 'nestjs-booking-webhooks';
import type { DataSourceOptions } from 'typeorm';
import { DataSource, DefaultNamingStrategy } from 'typeorm';

import { freshDatabase } from './setup/database.js';

/** Renames whatever the module leaves to the host's strategy. */
class HostNaming extends DefaultNamingStrategy {
  override tableName = (target: string, given?: string) => given ?? `host_${target}`;
  override columnName = (property: string, given: string) => given || `host_${property}`;
  override primaryKeyName = () => 'host_pk';
  override uniqueConstraintName = () => 'host_unique';
  override indexName = () => 'host_index';
  override defaultConstraintName = () => 'host_default';
}

interface Name {
  kind: 'table' | 'index' | 'constraint';
  name: string;
}

let database: Awaited<ReturnType<typeof freshDatabase>>;
let dataSource: DataSource;

async function connect(options: Partial<DataSourceOptions> = {}): Promise<void> {
  dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: webhookEntities,
    migrations: webhookMigrations,
    ...options,
  } as DataSourceOptions);
  await dataSource.initialize();
}

/** All but those of TypeORM's own table. NOT NULL left out: PostgreSQL 18 lists it as a constraint, and names it after its table and column. */
function names(): Promise<Name[]> {
  return dataSource.query(
    `SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'index' END AS kind, relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
       AND oid <> 'migrations'::regclass AND oid NOT IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'migrations'::regclass)
     UNION ALL
     SELECT 'constraint', conname FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 'migrations'::regclass
     ORDER BY 1, 2`,
  );
}

async function undoAll(): Promise<void> {
  while ((await dataSource.query<unknown[]>('SELECT id FROM migrations')).length > 0)
    await dataSource.undoLastMigration();
}

beforeEach(async () => {
  database = await freshDatabase();
});

afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

it('up makes exactly the tables that the entities describe', async () => {
  await connect();
  await dataSource.runMigrations();

  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  const tables = (await names()).filter(({ kind }) => kind === 'table').map(({ name }) => name);
  expect(tables).toEqual(dataSource.entityMetadatas.map(({ tableName }) => tableName).sort());
});

it('up and then down leaves nothing but what the host had', async () => {
  await connect();
  await dataSource.query('CREATE TABLE host_booking (id int CONSTRAINT host_booking_pk PRIMARY KEY)');
  await dataSource.runMigrations();
  await undoAll();

  expect((await names()).map(({ name }) => name)).toEqual([
    'host_booking_pk',
    'host_booking_pk',
    'host_booking',
  ]);
  await dataSource.runMigrations();
  expect(await dataSource.query('SELECT * FROM webhook_event')).toEqual([]);
});

it('every table, index and constraint has a name of its own that begins with webhook and fits PostgreSQL', async () => {
  await connect();
  await dataSource.runMigrations();

  const all = await names();
  expect(all.filter(({ kind }) => kind === 'index').length).toBeGreaterThan(webhookEntities.length);
  expect(all.filter(({ kind }) => kind === 'constraint')).toHaveLength(webhookEntities.length);
  for (const { name } of all) {
    expect(name).toMatch(/^webhook[a-z_]*$/);
    expect(name.length).toBeLessThan(63);
  }
});

it("the host's naming strategy changes no name of the module's", async () => {
  await connect();
  await dataSource.runMigrations();
  const usual = await names();
  await undoAll();
  await dataSource.destroy();

  await connect({ namingStrategy: new HostNaming() });
  await dataSource.runMigrations();

  expect(await names()).toEqual(usual);
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});
