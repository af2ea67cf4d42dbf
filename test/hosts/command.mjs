import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { baseEnvironment } from './host-process.mjs';

const COMMAND = 'node_modules/.bin/nestjs-booking-webhooks';

/** The operators' command where a host is installed, from empty databases on. */
export async function playCommand(installed, empty, other) {
  const command = commandIn(installed);
  const first = await command(empty, 'status', '--json');
  assert.equal(first.code, 4, 'without tables there is no status');
  assert.match(JSON.parse(first.stdout).error.message, /migrate/, 'and what to do is said');

  const planned = json(await command(empty, 'migrate', '--dry-run', '--json'));
  assert.ok(planned.migrations.length > 0, 'all migrations are pending');
  assert.deepEqual(await schemaOf(empty), [], 'a dry run makes nothing');
  const { stdout: script } = succeeded(await command(empty, 'sql'));
  assert.deepEqual(await schemaOf(empty), [], 'nor does what prints SQL');

  const done = json(await command(empty, 'migrate', '--json'));
  assert.deepEqual(done.migrations, planned.migrations, 'what was planned is done');
  assert.deepEqual(json(await command(empty, 'migrate', '--json')).migrations, [], 'and only once');
  const status = json(await command(empty, 'status', '--json'));
  assert.equal(status.ok, true);
  assert.deepEqual(status.migrations, { applied: done.migrations.length, pending: [] });

  await onDatabase(other, (client) => client.query(script));
  assert.deepEqual(await schemaOf(other), await schemaOf(empty), 'the SQL makes the same tables');
  assert.deepEqual(json(await command(other, 'migrate', '--json')).migrations, [], 'and notes it');

  json(await command(empty, 'migrate', '--down', '--to', '0', '--yes', '--json'));
  const left = (await schemaOf(empty)).filter(({ name }) => !name.startsWith('migrations.'));
  assert.deepEqual(left, [], 'down leaves nothing');
}

/** By its own file, as `npx` does. */
function commandIn(installed) {
  return ({ url }, ...args) =>
    new Promise((resolve) => {
      const env = { ...baseEnvironment(), DATABASE_URL: url };
      execFile(join(installed, COMMAND), args, { cwd: installed, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
}

function succeeded(ended) {
  assert.equal(ended.code, 0, `${ended.stdout}${ended.stderr}`);
  return ended;
}

const json = (ended) => JSON.parse(succeeded(ended).stdout);

async function schemaOf(database) {
  const { rows } = await onDatabase(database, (client) =>
    client.query(
      `SELECT table_name || '.' || column_name AS name, data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '') AS what
         FROM information_schema.columns WHERE table_schema = 'public'
       UNION ALL SELECT tablename || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
    ),
  );
  return rows;
}

async function onDatabase({ url }, use) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
