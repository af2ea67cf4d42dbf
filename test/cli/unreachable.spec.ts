import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cliSpec } from '../setup/cli-specs.js';
import { mariadbOfThisFile } from '../setup/database.js';
import { SECRET_KEY } from '../setup/host.js';

const PASSWORD = 'pa55-never-shown';
const ID = '0197c0de-0000-7000-8000-000000000001';
const COMMANDS: string[][] = [
  ['status'],
  ['migrate'],
  ['sql'],
  ['reseal'],
  ['replay', 'delivery', ID],
  ['replay', 'webhook', ID, '--since', '1h'],
];

/** Makes some packages look as if they were not installed. */
const HIDING = `const Module = require('node:module');
const load = Module._load;
Module._load = function (name, ...rest) {
  if (process.env.HIDDEN.split(',').some((one) => name === one || name.endsWith('/node_modules/' + one)))
    throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
  return load.call(this, name, ...rest);
};
`;

// Half a dozen processes in a row, on a machine that may be busy.
jest.setTimeout(240_000);

const spec = cliSpec('sqlite');
let folder: string;

const file = (name: string, content: string | Buffer = '') => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** One line that says what is wrong, and nothing that must not be said. */
async function refused(args: string[], url: string, env: Record<string, string> = {}) {
  const run = await spec.run(args, {
    env: { DATABASE_URL: url, WEBHOOKS_SECRET_KEYS: SECRET_KEY, ...env },
  });
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^[^\n]+\n$/);
  expect(run.stderr).not.toContain(PASSWORD);
  return run;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-database-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['a protocol of another database', `oracle://u:${PASSWORD}@h/x`, /begins with 'oracle:'.*mysql:\/\//],
  ['a password with a sign of URLs', `mysql://u:1#${PASSWORD}@h/x`, /not a URL.*percent-encoded/],
  ['a password that is half encoded', `mysql://u:${PASSWORD}%@h/x`, /not a URL/],
  ['no database of the server', `mysql://u:${PASSWORD}@h`, /names no host, or no database/],
  [
    'a parameter that is none',
    `mariadb://u:${PASSWORD}@h/x?sslmode=require`,
    /parameter 'sslmode'.*ssl=true/,
  ],
  ['a wish for TLS that is not clear', `mysql://u:${PASSWORD}@h/x?ssl=1`, /parameter 'ssl'/],
  ['SQLite with two slashes', 'sqlite://relative.db', /names no file.*sqlite:\/\/\/absolute/],
  ['SQLite without a file', 'sqlite:', /names no file/],
  ['SQLite in memory', 'sqlite::memory:', /':memory:'/],
])('%s is refused before anything is opened', async (_what, url, said) => {
  const run = await refused(['status'], url);
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringMatching(said)]);
});

it.each(COMMANDS)('%s %s: a MySQL that is not there is no database', async (...args) => {
  const run = await refused(args, `mysql://u:${PASSWORD}@127.0.0.1:1/x`);
  expect([run.exitCode, run.stderr]).toEqual([3, expect.stringMatching(/cannot be reached.*DATABASE_URL/)]);
});

it.each(COMMANDS)('%s %s: a SQLite file that is not there, or is none, is no database', async (...args) => {
  const missing = await refused(args, `sqlite://${join(folder, 'none.db')}`);
  expect([missing.exitCode, missing.stderr]).toEqual([3, expect.stringMatching(/none\.db.*ENOENT.*touch/)]);
  const none = await refused(args, `sqlite://${file('text.db', 'no database, but a text')}`);
  expect([none.exitCode, none.stderr]).toEqual([
    3,
    expect.stringMatching(/text\.db is not a SQLite database/),
  ]);
  const cut = await refused(
    args,
    `sqlite://${file('cut.db', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_080, 1)]))}`,
  );
  expect([cut.exitCode, cut.stderr]).toEqual([3, expect.stringMatching(/cannot be reached/)]);
});

it('a SQLite database is found by a path from here, and by one with signs of URLs', async () => {
  const path = file('a b.db');
  const url = `sqlite://${encodeURI(path)}`;
  expect((await spec.run(['migrate'], { env: { DATABASE_URL: url } })).exitCode).toBe(0);
  const relative = join('..', '..', '..', '..', '..', '..', '..', '..', path);
  const status = await spec.run(['status'], { env: { DATABASE_URL: `sqlite:${relative}` } });
  expect(status).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${path}, `) });
});

it('sql.js keeps away from a database that another process has written to and not settled', async () => {
  const path = file('busy.db');
  file('busy.db-wal', 'pages');
  const run = await refused(['migrate'], `sqlite://${path}`, hidden('better-sqlite3'));
  expect([run.exitCode, run.stderr]).toEqual([3, expect.stringMatching(/busy\.db-wal.*better-sqlite3/)]);
});

const hidden = (...names: string[]) => ({
  HIDDEN: names.join(','),
  NODE_OPTIONS: `--require ${file('hiding.cjs', HIDING)}`,
});

it.each([
  ['mysql://u:p@127.0.0.1:1/x', ['mysql2'], 'npm install mysql2'],
  ['mariadb://u:p@127.0.0.1:1/x', ['mysql2'], 'npm install mysql2'],
  ['postgres://u:p@127.0.0.1:1/x', ['pg'], 'npm install pg'],
])('%s without its driver: what to install', async (url, packages, remedy) => {
  const run = await refused(['status'], url, hidden(...packages));
  expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining(remedy)]);
  const replay = await refused(['replay', 'delivery', ID], url, hidden(...packages));
  expect([replay.exitCode, replay.stderr]).toEqual([3, expect.stringContaining(remedy)]);
});

it('SQLite without either of its drivers: what to install', async () => {
  const { url } = spec.database;
  const run = await refused(['status'], url, hidden('better-sqlite3', 'sql.js'));
  expect([run.exitCode, run.stderr]).toEqual([
    3,
    expect.stringMatching(/sql\.js or better-sqlite3, which is not installed.*npm install sql\.js/),
  ]);
  const one = await spec.run(['migrate'], { env: { DATABASE_URL: url, ...hidden('better-sqlite3') } });
  expect(one.exitCode).toBe(0);
});

mariadbOfThisFile().describe('a MariaDB that does not let us in', () => {
  let server: URL;
  beforeAll(() => {
    server = new URL(process.env.MARIADB_URL ?? '');
  });

  const changed = (change: Partial<URL>) =>
    Object.assign(new URL(server), { pathname: '/mysql', ...change }).href;

  it('by a wrong password, or without the database, is no database', async () => {
    for (const args of COMMANDS) {
      const password = await refused(args, changed({ password: PASSWORD }));
      expect([password.exitCode, password.stderr]).toEqual([3, expect.stringMatching(/Access denied/)]);
      expect(password.stderr).not.toContain(server.password);
    }
    const none = await refused(['status'], changed({ pathname: '/never_made' }));
    expect([none.exitCode, none.stderr]).toEqual([3, expect.stringMatching(/never_made/)]);
    const tls = await refused(['status'], `${changed({})}?ssl=true`);
    expect([tls.exitCode, tls.stderr]).toEqual([3, expect.stringMatching(/cannot be reached/)]);
  });

  it('is reached as mariadb:// as well', async () => {
    const url = changed({ pathname: '/mysql' }).replace('mysql:', 'mariadb:');
    const run = await refused(['status'], url);
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringMatching(/`migrate`/)]);
  });
});
