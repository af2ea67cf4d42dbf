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
    return new ScratchDatabase(serverUrl, url.href, new pg.Pool({ connectionString: url.href, max: 4 }));
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
