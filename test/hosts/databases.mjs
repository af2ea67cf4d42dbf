import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';

/** What a row calls it: whose server it is on. TypeORM's `mysql` is tried on MariaDB. */
const SERVER_OF = { postgres: 'postgres', mariadb: 'mariadb', mysql: 'mariadb', sqljs: undefined };

/** Makes empty databases for rows: on the servers at these addresses, or as files in the folder. */
export function databasesOn(servers, folder) {
  const made = [];
  return {
    /** A new one, as TypeORM is told of it. */
    async fresh(type) {
      const name = `host_${randomUUID().replaceAll('-', '')}`;
      const server = SERVER_OF[type];
      if (!server) return { type, location: join(folder, `${name}.sqlite`), autoSave: true };
      await run[server](servers[server], `CREATE DATABASE ${name}`);
      made.push({ server, name });
      const url = new URL(servers[server]);
      url.pathname = name;
      return { type, url: url.href };
    },
    /** For servers that stay. */
    async drop() {
      for (const { server, name } of made)
        await run[server](
          servers[server],
          `DROP DATABASE ${name}${server === 'postgres' ? ' WITH (FORCE)' : ''}`,
        );
    },
  };
}

export const serverOf = (type) => SERVER_OF[type];

const run = {
  async postgres(url, sql) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  },
  async mariadb(url, sql) {
    const connection = await createConnection(url);
    await connection.query(sql).finally(() => connection.end());
  },
};
