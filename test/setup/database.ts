import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A new, empty database of the PostgreSQL that the tests run on. `drop` ends whoever is still connected to it. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await statement(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = name;
  return { url: url.href, drop: () => statement(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function statement(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: run the specs with jest, whose global set-up sets it.');
  return url;
}
