import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import { ALL_CONTRACTS, webhookMigrations } from 'nestjs-booking-webhooks';
import { createConnection } from 'mysql2/promise';

import { cliPlatformSpec, cliSpec } from '../setup/cli-specs.js';
import type { DatabaseKind } from '../setup/database.js';
import { freshDatabase, mariadbOfThisFile } from '../setup/database.js';
import { cancelled, Host, SECRET_KEY } from '../setup/host.js';
import { rowsOf } from '../setup/rows.js';

const NAMES = webhookMigrations.map(({ name }) => name);
const [FIRST = '', SECOND = ''] = NAMES;
const NEW_KEY = Buffer.alloc(32, 9).toString('base64');
const HOUR = 3_600_000;

// A dozen processes in a row, on a machine that may be busy.
jest.setTimeout(240_000);

const mariadb = mariadbOfThisFile();

mariadb.describe('on MariaDB', () => {
  onDatabase('mariadb');

  describe('only here', () => {
    const spec = cliSpec('mariadb');

    it('one that migrates keeps others from it', async () => {
      const connection = await createConnection(spec.database.url);
      try {
        await connection.query("SELECT GET_LOCK(CONCAT('nestjs-booking-webhooks ', MD5(DATABASE())), 0)");
        const refused = await spec.json(['migrate']);
        expect(refused).toMatchObject({ exitCode: 4, answer: { error: { code: 'MIGRATION_RUNNING' } } });
        expect(await schemaOf('mariadb', spec.database.url)).toEqual([]);
        const other = await freshDatabase('mariadb');
        const beside = await spec.json(['migrate', '--database', other.url]);
        await other.drop();
        expect(beside.exitCode).toBe(0);
      } finally {
        await connection.end();
      }
    });

    it('a migration that fails says what it leaves, and what to do about it', async () => {
      await spec.carryOut('CREATE TABLE webhook_delivery (id int)');
      const { exitCode, stderr } = await spec.run(['migrate']);
      expect(exitCode).toBe(70);
      expect(stderr).toMatch(new RegExp(`${FIRST} failed: .*webhook_delivery.*commit every change`, 's'));
      const named = [...stderr.matchAll(/^ {2}CREATE TABLE `(\w+)`/gm)].map(([, table]) => table);
      expect(named).toEqual(['migrations', 'webhook_event', 'webhook', 'webhook_change_counter']);
      expect(stderr).toMatch(/undo these by hand.*`migrate` again.*`sql` prints after them/s);
      const there = await spec.rows<{ name: string }>(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
      );
      expect(there.map(({ name }) => name).sort()).toEqual([...named, 'webhook_delivery'].sort());
      expect(await spec.rows('SELECT name FROM migrations')).toEqual([]);

      await spec.carryOut(
        'DROP TABLE webhook_delivery; DROP TABLE webhook_event; DROP TABLE webhook; DROP TABLE webhook_change_counter;',
      );
      expect(await spec.json(['migrate'])).toMatchObject({ exitCode: 0, answer: { migrations: NAMES } });
    });

    it('sql promises no transaction', async () => {
      const { stdout } = await spec.run(['sql']);
      expect(stdout).toMatch(/^-- MySQL and MariaDB commit every statement.*no transaction/);
      expect(stdout).not.toMatch(/^(BEGIN|COMMIT|START)/m);
      // It is for the database that it is run in, whatever that one is called.
      expect(stdout).not.toContain(new URL(spec.database.url).pathname.slice(1));
      expect((await spec.json(['sql'])).answer.transactional).toBe(false);
    });
  });
});

describe('on SQLite', () => {
  onDatabase('sqlite');

  describe('only here', () => {
    const spec = cliSpec('sqlite');

    it('nothing is left of a migration that fails, and rows of the host that refer to the tables stay', async () => {
      await spec.run(['migrate', '--to', FIRST]);
      await spec.carryOut(`CREATE TABLE hosts_own (counter text REFERENCES webhook_change_counter (id) ON DELETE CASCADE,
          hook text REFERENCES webhook (id) ON DELETE CASCADE);
        INSERT INTO webhook_change_counter VALUES ('c', 1);
        INSERT INTO webhook (id, contract_id, url, event_types, profile, format, use_contact_language, retry_on_error, capabilities,
          sealed_secrets, signing, status, max_in_flight, created_at, updated_at, change_seq)
        VALUES ('w', 'C-1', 'https://x.example', '[]', 'standard', 'json', 0, 1, '[]', '', 'none', 'active', 1, 0, 0, 1);
        INSERT INTO hosts_own VALUES ('c', 'w');
        CREATE TABLE webhook_feed (id int);`);
      const { exitCode, stderr } = await spec.run(['migrate']);
      expect(exitCode).toBe(70);
      expect(stderr).toMatch(
        /AddPullFeed\d+ failed: .*webhook_feed.*5 migrations before it stay done.*nothing is left/s,
      );
      expect(await spec.rows('SELECT * FROM hosts_own')).toEqual([{ counter: 'c', hook: 'w' }]);
      expect(await spec.rows("SELECT 1 FROM pragma_table_info('webhook') WHERE name = 'transport'")).toEqual(
        [],
      );

      await spec.carryOut('DROP TABLE webhook_feed');
      expect((await spec.run(['migrate'])).exitCode).toBe(0);
      expect(await spec.rows('SELECT * FROM hosts_own')).toEqual([{ counter: 'c', hook: 'w' }]);
    });

    it('sql is a transaction', async () => {
      const { stdout } = await spec.run(['sql']);
      expect(stdout).toMatch(/^PRAGMA foreign_keys = OFF;\n\nBEGIN;/);
      expect(stdout).toMatch(/COMMIT;\n\nPRAGMA foreign_keys = ON;\n$/);
      expect((await spec.json(['sql'])).answer.transactional).toBe(true);
    });
  });
});

/** Every column and index of every table. */
function schemaOf(kind: DatabaseKind, url: string) {
  return rowsOf(
    url,
    kind === 'sqlite'
      ? 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name'
      : `SELECT table_name, column_name, column_type, is_nullable, column_default, extra, collation_name, column_key
           FROM information_schema.columns WHERE table_schema = DATABASE()
         UNION ALL SELECT table_name, index_name, column_name, seq_in_index, non_unique, '', '', '' FROM information_schema.statistics
           WHERE table_schema = DATABASE() ORDER BY 1, 2, 3, 4`,
  );
}

function onDatabase(kind: 'mariadb' | 'sqlite'): void {
  describe('migrate and sql', () => {
    const spec = cliSpec(kind);
    const noted = async () =>
      (await spec.rows<{ name: string }>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);

    it('migrate goes up to a migration and to the end, and says what is pending before', async () => {
      const dry = await spec.json(['migrate', '--dry-run']);
      expect(dry).toEqual({ exitCode: 0, answer: { direction: 'up', dryRun: true, migrations: NAMES } });
      expect(await schemaOf(kind, spec.database.url)).toEqual([]);

      const some = await spec.json(['migrate', '--to', SECOND]);
      expect(some).toMatchObject({ exitCode: 0, answer: { migrations: [FIRST, SECOND] } });
      const rest = await spec.run(['migrate']);
      expect(rest).toMatchObject({
        exitCode: 0,
        stdout: `${NAMES.length - 2} migrations applied:\n${NAMES.slice(2).join('\n')}\n`,
      });
      expect(await noted()).toEqual(NAMES);
      expect((await spec.run(['migrate'])).stdout).toBe('There is nothing to be applied.\n');
    });

    it('migrate goes down when it is told twice, and leaves alone what the host has noted', async () => {
      await spec.run(['migrate']);
      await spec.carryOut("INSERT INTO migrations (timestamp, name) VALUES (1, 'HostsOwn1999999999999')");
      const refused = await spec.run(['migrate', '--down', '--to', FIRST]);
      expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/would be lost.*--yes/s) });
      expect(await noted()).toEqual([...NAMES, 'HostsOwn1999999999999']);

      const down = await spec.json(['migrate', '--down', '--to', FIRST, '--yes']);
      expect(down).toMatchObject({ exitCode: 0, answer: { migrations: NAMES.slice(1).reverse() } });
      expect(await noted()).toEqual([FIRST, 'HostsOwn1999999999999']);
      await spec.run(['migrate', '--down', '--to', '0', '--yes']);
      expect(await noted()).toEqual(['HostsOwn1999999999999']);
      expect(await spec.run(['status'])).toMatchObject({
        exitCode: 4,
        stderr: expect.stringMatching(/tables.*`migrate`/),
      });
    });

    it('sql prints what migrate does, up and down, and changes nothing itself', async () => {
      const up = await spec.run(['sql']);
      expect(await schemaOf(kind, spec.database.url)).toEqual([]);
      await spec.carryOut(up.stdout);
      expect(await noted()).toEqual(NAMES);
      expect((await spec.run(['sql'])).stdout).toBe('-- Nothing is to be done.\n');
      const other = await freshDatabase(kind);
      try {
        await spec.run(['migrate', '--database', other.url]);
        expect(await schemaOf(kind, spec.database.url)).toEqual(await schemaOf(kind, other.url));

        const down = await spec.run(['sql', '--down', '--to', FIRST]);
        await spec.carryOut(down.stdout);
        expect(await noted()).toEqual([FIRST]);
        await spec.run(['migrate', '--down', '--to', FIRST, '--yes', '--database', other.url]);
        expect(await schemaOf(kind, spec.database.url)).toEqual(await schemaOf(kind, other.url));
      } finally {
        await other.drop();
      }
    });

    it('two that migrate at once do it once', async () => {
      const runs = await Promise.all([spec.json(['migrate']), spec.json(['migrate'])]);
      const applied = runs.filter(({ answer }) => (answer.migrations as string[] | undefined)?.length);
      expect(applied).toMatchObject([{ exitCode: 0, answer: { migrations: NAMES } }]);
      // The other one was refused, or came after it.
      const [other] = runs.filter((run) => !applied.includes(run));
      expect([0, 4]).toContain(other?.exitCode);
      expect(await noted()).toEqual(NAMES);
    });

    it('status says of tables that are older than the command that they are', async () => {
      await spec.run(['migrate', '--to', NAMES.at(-2) ?? '']);
      const { exitCode, answer } = await spec.json(['status']);
      expect([exitCode, answer]).toMatchObject([
        4,
        { error: { code: 'TABLES_OUTDATED', message: expect.stringContaining('`migrate`') } },
      ]);
    });

    it('--schema is refused', async () => {
      for (const command of [
        ['status'],
        ['migrate'],
        ['sql'],
        ['reseal'],
        ['replay', 'failed', '--from', '1h'],
      ]) {
        const run = await spec.run([...command, '--schema', 'x'], {
          env: { WEBHOOKS_SECRET_KEYS: SECRET_KEY },
        });
        expect(run).toMatchObject({
          exitCode: 2,
          stdout: '',
          stderr: expect.stringMatching(/--schema is for PostgreSQL/),
        });
      }
    });
  });

  describe('beside a platform', () => {
    let works: boolean;
    const platform = cliPlatformSpec({
      database: kind,
      scheduler: 'in-process',
      answer: () => ({ status: works ? 204 : 500 }),
      retryDelaysMs: [],
      pauseAfterFailures: 1_000,
    });
    beforeEach(() => {
      works = true;
    });

    const statuses = async () =>
      (await platform.rows<{ status: string }>('SELECT status FROM webhook_delivery ORDER BY id')).map(
        ({ status }) => status,
      );
    /** As its next process: of a file that sql.js has in memory, a running one would not see what has changed. */
    const restarted = async (work: (host: Host) => Promise<void>, options = {}) => {
      const host = await Host.start({ shared: platform.shared, scheduler: 'in-process', ...options });
      await work(host).finally(() => host.app.close());
    };

    it('status says that all is well, and what is late, failing, disabled and held', async () => {
      const { host, receiver } = platform;
      const failing = await host.subscribe(receiver.url);
      const gone = await host.subscribe(receiver.url, { contractId: 'C-2' });
      await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
      await untilIdle(host.app);
      await host.app.close();
      const well = await platform.json(['status']);
      expect(well).toMatchObject({
        exitCode: 0,
        answer: {
          ok: true,
          migrations: { applied: NAMES.length, pending: [] },
          relay: { waiting: 0, oldestMs: null },
          deliveries: { due: 0, oldestDueMs: null, paused: 0, later: 0 },
          webhooks: { active: 2 },
        },
      });

      const [first, second, third] = await platform.rows<{ id: string }>(
        'SELECT id FROM webhook_delivery ORDER BY id',
      );
      const now = Date.now();
      const pending = (due: number) => `UPDATE webhook_delivery SET status = 'pending', due_at = ${due}`;
      await platform.carryOut(`UPDATE webhook_event SET fanned_out_at = NULL, created_at = ${now - HOUR};
        ${pending(now - 2 * HOUR)} WHERE id = '${first?.id}';
        ${pending(now + HOUR)} WHERE id = '${second?.id}';
        UPDATE webhook_delivery SET status = 'held', webhook_id = '${gone.id}' WHERE id = '${third?.id}';
        UPDATE webhook SET status = 'disabled', disabled_reason = 'gone' WHERE id = '${gone.id}';
        UPDATE webhook_lane SET consecutive_failures = 14, failing_since = ${Date.UTC(2026, 0, 2)} WHERE webhook_id = '${failing.id}';`);
      const { exitCode, answer } = await platform.json(['status']);
      expect([exitCode, answer]).toMatchObject([
        1,
        {
          late: [expect.stringMatching(/relay since 1 h/), expect.stringMatching(/due since 2 h/)],
          relay: { waiting: 3 },
          deliveries: { due: 1, paused: 0, later: 1 },
          webhooks: { active: 1, disabled: 1 },
          failing: {
            count: 1,
            listed: [
              {
                id: failing.id,
                url: receiver.url,
                failingSince: '2026-01-02T00:00:00.000Z',
                consecutiveFailures: 14,
              },
            ],
          },
          disabled: { count: 1, listed: [{ id: gone.id, reason: 'gone', held: 1 }] },
          held: 1,
        },
      ]);
      const { stdout } = await platform.run(['status']);
      const place = new URL(platform.database.url);
      expect(stdout).toContain(`${place.host}${place.pathname}, `);
      expect(stdout).not.toContain(place.password || 'no password');
    });

    it('replay makes due what failed, and the next process sends it', async () => {
      const { host, receiver } = platform;
      works = false;
      await host.subscribe(receiver.url);
      await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
      await untilIdle(host.app);
      await host.app.close();
      const exhausted = ['exhausted', 'exhausted', 'exhausted'];
      expect(await statuses()).toEqual(exhausted);

      const [first] = await platform.rows<{ id: string }>('SELECT id FROM webhook_delivery ORDER BY id');
      const one = ['replay', 'delivery', first?.id ?? ''];
      const dry = await platform.json([...one, '--dry-run']);
      expect(dry).toMatchObject({ exitCode: 0, answer: { was: 'exhausted' } });
      expect(await statuses()).toEqual(exhausted);
      const sent = await platform.run(one);
      const when = kind === 'sqlite' ? /due now.*when it starts/ : /due now.*sweepIntervalMs/;
      expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(when) });
      expect(await statuses()).toEqual(['pending', 'exhausted', 'exhausted']);

      const failed = ['replay', 'failed', '--from', '1h'];
      const counted = await platform.json([...failed, '--dry-run']);
      expect(counted).toMatchObject({ exitCode: 0, answer: { deliveries: 2 } });
      const replayed = await platform.json(failed);
      expect(replayed).toMatchObject({ exitCode: 0, answer: { replayed: 2, leftOut: {} } });
      works = true;
      await restarted((next) => untilIdle(next.app));
      expect(await statuses()).toEqual(['succeeded', 'succeeded', 'succeeded']);
      expect(receiver.requests).toHaveLength(6);
    });

    it('replay makes due what passed a webhook by, once it is active again', async () => {
      const { host, receiver } = platform;
      const { id } = await host.subscribe(receiver.url);
      await host.registry.deactivate(ALL_CONTRACTS, id);
      await host.webhooks.publish(cancelled('B-1'));
      await untilIdle(host.app);
      await host.app.close();

      const missed = ['replay', 'webhook', id, '--since', '10m'];
      const off = await platform.json(missed);
      expect(off).toMatchObject({ exitCode: 4, answer: { error: { code: 'WEBHOOK_NOT_ACTIVE' } } });
      await restarted(async (next) => {
        await next.registry.activate(ALL_CONTRACTS, id);
      });
      const dry = await platform.json([...missed, '--dry-run']);
      expect(dry).toMatchObject({ exitCode: 0, answer: { deliveries: 1, missed: 1 } });
      expect(await platform.json(missed)).toMatchObject({ exitCode: 0, answer: { replayed: 1 } });
      await restarted((next) => untilIdle(next.app));
      expect(await statuses()).toEqual(['succeeded']);
      expect(receiver.requests).toHaveLength(1);
    });

    it('reseal seals everything in the new key, and the next process runs with that one alone', async () => {
      const { host, receiver } = platform;
      const { secret } = await host.subscribe(receiver.url, { headers: { 'x-key': 'in-header' } });
      await host.app.close();
      const env = { WEBHOOKS_SECRET_KEYS: `${NEW_KEY},${SECRET_KEY}` };
      const sealed = () =>
        platform.rows<{ sealed_secrets: string }>('SELECT sealed_secrets, sealed_headers FROM webhook');
      const before = await sealed();
      expect(await platform.json(['reseal', '--dry-run'], { env })).toMatchObject({
        exitCode: 0,
        answer: { resealed: 2 },
      });
      expect(await sealed()).toEqual(before);
      expect(await platform.json(['reseal'], { env })).toMatchObject({
        exitCode: 0,
        answer: { resealed: 2, current: 0 },
      });
      expect(await platform.json(['reseal'], { env })).toMatchObject({
        exitCode: 0,
        answer: { resealed: 0, current: 2 },
      });

      await restarted(
        async (next) => {
          await next.webhooks.publish(cancelled('B-1'));
          await untilIdle(next.app);
        },
        { secretKeys: [NEW_KEY] },
      );
      const [request] = receiver.requests;
      expect(request?.headers).toMatchObject({ 'x-key': 'in-header' });
      expect(verifyStandard(secret, request?.headers ?? {}, request?.body ?? '')).toEqual({ ok: true });
    });
  });
}
