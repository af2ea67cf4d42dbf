import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own, and a pool to look at its rows past the application. */
export class ScratchDatabase {
  private constructor(
    private readonly serverUrl: string,
    readonly url: string,
    readonly rows: pg.Pool,
  ) {}

  static async create(serverUrl: string): Promise<ScratchDatabase> {
    const name = `fuzz_${randomBytes(6).toString('hex')}`;
    await statement(serverUrl, `CREATE DATABASE ${name}`);
    const url = new URL(serverUrl);
    url.pathname = name;
    const rows = new pg.Pool({ connectionString: url.href, max: 4 });
    // Its end does not wait until the server has heard of it, which is when the drop of the database cuts the connections.
    rows.on('error', () => undefined);
    return new ScratchDatabase(serverUrl, url.href, rows);
  }

  async drop(): Promise<void> {
    await this.rows.end();
    await statement(this.serverUrl, `DROP DATABASE ${new URL(this.url).pathname.slice(1)} WITH (FORCE)`);
  }
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
