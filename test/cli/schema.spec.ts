import { webhookMigrations } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import { cliSpec } from '../setup/cli-specs.js';
import { freshDatabase } from '../setup/database.js';
import { rowsOf } from '../setup/rows.js';

const NAMES = webhookMigrations.map(({ name }) => name);
const [FIRST = '', SECOND = ''] = NAMES;

const spec = cliSpec();

/** Every column and index of every table, but for the order in which they were made. */
function schemaOf(url: string) {
  return rowsOf(
    url,
    `SELECT table_name || '.' || column_name AS name, data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '') || is_identity AS what
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
  );
}

const noted = async () =>
  (await spec.rows<{ name: string }>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);

describe('migrate', () => {
  it('applies what is pending, names it, and finds nothing the second time', async () => {
    const first = await spec.run(['migrate']);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: `${NAMES.length} migrations applied:\n${NAMES.join('\n')}\n`,
    });
    expect(first.stderr).toContain(`${NAMES.length} of ${NAMES.length}`);
    expect(await noted()).toEqual(NAMES);
    expect(await spec.rows('SELECT * FROM webhook_event')).toEqual([]);

    const { exitCode, answer } = await spec.json(['migrate']);
    expect(exitCode).toBe(0);
    expect(answer).toEqual({ direction: 'up', dryRun: false, migrations: [] });
  });

  it('--dry-run names what is pending and changes nothing', async () => {
    const { exitCode, answer } = await spec.json(['migrate', '--dry-run']);
    expect([exitCode, answer]).toEqual([0, { direction: 'up', dryRun: true, migrations: NAMES }]);
    expect(await schemaOf(spec.database.url)).toEqual([]);
  });

  it('goes up to a migration and down to one, and leaves alone what the host has noted', async () => {
    const up = await spec.json(['migrate', '--to', SECOND]);
    expect(up).toMatchObject({ exitCode: 0, answer: { migrations: [FIRST, SECOND] } });
    // The host's is the last one: TypeORM itself would undo that one, or refuse.
    await spec.carryOut(`INSERT INTO migrations(timestamp, name) VALUES (1, 'HostsOwn1999999999999')`);

    const refused = await spec.run(['migrate', '--down']);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toMatch(new RegExp(`${SECOND}.*would be lost.*--yes`, 's'));
    expect(await noted()).toEqual([FIRST, SECOND, 'HostsOwn1999999999999']);

    const down = await spec.json(['migrate', '--down', '--yes']);
    expect(down).toMatchObject({ exitCode: 0, answer: { direction: 'down', migrations: [SECOND] } });
    expect(await noted()).toEqual([FIRST, 'HostsOwn1999999999999']);

    const timestamp = FIRST.slice(-13);
    const nothing = await spec.json(['migrate', '--down', '--to', timestamp, '--yes']);
    expect(nothing.answer).toMatchObject({ migrations: [] });
    const all = await spec.json(['migrate', '--down', '--to', '0', '--yes']);
    expect(all).toMatchObject({ exitCode: 0, answer: { migrations: [FIRST] } });
    expect(await noted()).toEqual(['HostsOwn1999999999999']);
    expect(await spec.rows(`SELECT to_regclass('webhook_event') AS there`)).toEqual([{ there: null }]);
  });

  it('leaves nothing half done when a migration fails', async () => {
    await spec.carryOut('CREATE TABLE webhook_delivery (id int)');
    const { exitCode, stderr } = await spec.run(['migrate']);
    expect(exitCode).toBe(70);
    expect(stderr).toContain('webhook_delivery');
    expect(await spec.rows(`SELECT to_regclass('webhook_event') AS there`)).toEqual([{ there: null }]);
  });

  it('is for one at a time', async () => {
    const other = await new DataSource({ type: 'postgres', url: spec.database.url }).initialize();
    const runner = other.createQueryRunner();
    try {
      await runner.query("SELECT pg_advisory_lock(hashtext('nestjs-booking-webhooks migrations'))");
      const { exitCode, answer } = await spec.json(['migrate']);
      expect([exitCode, answer]).toMatchObject([4, { error: { code: 'MIGRATION_RUNNING' } }]);
    } finally {
      await runner.release();
      await other.destroy();
    }
    expect(await schemaOf(spec.database.url)).toEqual([]);
  });

  it('works in a schema of its own', async () => {
    await spec.carryOut('CREATE SCHEMA partners');
    const { exitCode } = await spec.run(['migrate', '--schema', 'partners']);
    expect(exitCode).toBe(0);
    expect(await schemaOf(spec.database.url)).toEqual([]);
    expect(await spec.rows('SELECT name FROM partners.migrations ORDER BY id')).toHaveLength(NAMES.length);
    const status = await spec.json(['status', '--schema', 'partners']);
    expect(status).toMatchObject({
      exitCode: 0,
      answer: { migrations: { applied: NAMES.length, pending: [] } },
    });
  });
});

describe('sql', () => {
  it('prints what migrate does, and changes nothing itself', async () => {
    const { exitCode, stdout } = await spec.run(['sql']);
    expect(exitCode).toBe(0);
    expect(await schemaOf(spec.database.url)).toEqual([]);
    for (const name of NAMES) expect(stdout).toContain(`-- ${name}\n`);

    await spec.carryOut(stdout);
    const byScript = await schemaOf(spec.database.url);
    expect(await noted()).toEqual(NAMES);
    expect((await spec.run(['migrate'])).stdout).toBe('There is nothing to be applied.\n');
    expect((await spec.run(['sql'])).stdout).toBe('-- Nothing is to be done.\n');

    const other = await freshDatabase();
    try {
      await spec.run(['migrate', '--database', other.url]);
      expect(byScript).toEqual(await schemaOf(other.url));
    } finally {
      await other.drop();
    }
  });

  it('prints the way down to a migration, too', async () => {
    await spec.run(['migrate']);
    const { exitCode, stdout } = await spec.run(['sql', '--down', '--to', FIRST]);
    expect(exitCode).toBe(0);
    expect(await noted()).toEqual(NAMES);

    await spec.carryOut(stdout);
    expect(await noted()).toEqual([FIRST]);
    const undone = await schemaOf(spec.database.url);
    const other = await freshDatabase();
    try {
      await spec.run(['migrate', '--to', FIRST, '--database', other.url]);
      expect(undone).toEqual(await schemaOf(other.url));
    } finally {
      await other.drop();
    }
  });

  it('--json has each migration with its statements', async () => {
    const { answer } = await spec.json(['sql', '--to', FIRST]);
    const migrations = answer.migrations as { migration: string; statements: string[] }[];
    expect(migrations.map(({ migration }) => migration)).toEqual([FIRST]);
    expect(migrations[0]?.statements.at(-1)).toBe(
      `INSERT INTO "migrations"("timestamp", "name") VALUES (${FIRST.slice(-13)}, '${FIRST}')`,
    );
  });
});

describe('a wrong command line or database', () => {
  const PASSWORD = 'pa55-never-shown';

  it.each([
    ['no database', ['status'], {}, 2, /DATABASE_URL.*--database.*postgres:\/\//s],
    ['no URL', ['status'], { DATABASE_URL: `not a url ${PASSWORD}` }, 2, /is not a URL/],
    ['another database', ['migrate'], { DATABASE_URL: `mongodb://u:${PASSWORD}@127.0.0.1/x` }, 2, /mongodb/],
    [
      'nobody there',
      ['status'],
      { DATABASE_URL: `postgres://u:${PASSWORD}@127.0.0.1:1/x` },
      3,
      /cannot be reached.*DATABASE_URL/s,
    ],
    ['no such command', ['statsu'], {}, 2, /unknown command 'statsu'.*status/s],
    ['no such option', ['status', '--jsn'], {}, 2, /unknown option '--jsn'.*--json/s],
    ['a lag that is no number', ['status', '--max-lag', 'x'], {}, 2, /--max-lag is 'x'.*seconds/],
  ] as const)('%s: one line that says what to do', async (_what, args, env, exitCode, said) => {
    const run = await spec.cli.run([...args], { env });
    expect(run).toMatchObject({ exitCode, stdout: '' });
    expect(run.stderr).toMatch(said);
    expect(run.stderr).not.toContain(PASSWORD);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it('a database that is not there is no database', async () => {
    const url = new URL(spec.database.url);
    url.pathname = 'never_made';
    const { exitCode, answer } = await spec.json(['status'], { env: { DATABASE_URL: url.href } });
    expect([exitCode, answer]).toMatchObject([3, { error: { code: 'DATABASE_UNREACHABLE' } }]);
  });

  it('a migration that is none is answered with those that are', async () => {
    const { exitCode, stderr } = await spec.run(['migrate', '--to', 'Nothing']);
    expect(exitCode).toBe(2);
    for (const name of NAMES) expect(stderr).toContain(name);
    expect(await schemaOf(spec.database.url)).toEqual([]);
  });

  it.each([
    ['--schema', 'a;b'],
    ['--migrations-table', 'x y'],
  ])('%s has to be a name', async (option, value) => {
    const { exitCode, stderr } = await spec.run(['status', option, value]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${option} is '${value}'`)]);
  });

  it('without a command it shows its help, with --help and --version it is content', async () => {
    const bare = await spec.run([]);
    expect([bare.exitCode, bare.stderr]).toEqual([
      2,
      expect.stringContaining('Usage: nestjs-booking-webhooks'),
    ]);
    const help = await spec.run(['replay', '--help']);
    expect([help.exitCode, help.stdout]).toEqual([0, expect.stringContaining('failed')]);
    expect(await spec.run(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});
