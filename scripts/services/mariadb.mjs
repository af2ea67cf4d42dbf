import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage, mayInstall, onPath } from './debian.mjs';
import { onFreePort, run, startServer } from './server-process.mjs';

const USER = 'webhooks';

/** Leaves a `mariadbd` on the PATH, or throws with what to do about it. */
export async function ensureMariadb() {
  if (onPath('mariadbd')) return;
  if (!mayInstall())
    throw new Error('MariaDB is missing: install mariadb-server, or set MARIADB_URL to one that runs.');
  console.error('MariaDB is missing: installing mariadb-server with apt-get');
  await installPackage('mariadb-server');
}

/** Starts a MariaDB of its own in `folder`, from the `mariadbd` on the PATH; Debian's own service is left alone. */
export async function startMariadb(folder) {
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const users = join(folder, 'users.sql');
  // It refuses to run as root unless it is told to.
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };

  await writeFile(
    users,
    `CREATE OR REPLACE USER ${USER}@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT ALL ON *.* TO ${USER}@'127.0.0.1';
ALTER USER root@localhost IDENTIFIED BY '${password}';
`,
    { mode: 0o600 },
  );
  await run(
    'mariadb-install-db',
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
    ],
    options,
  );
  const start = (port) =>
    startServer(
      'mariadbd',
      [
        '--no-defaults',
        ...user,
        `--datadir=${data}`,
        `--tmpdir=${folder}`,
        `--socket=${join(folder, 'socket')}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--init-file=${users}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        // Safety at a power cut is not what is tested.
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-buffer-pool-size=64M',
      ],
      options,
    );
  const { port, server } = await onFreePort(start);
  return { server, url: `mysql://${USER}:${password}@127.0.0.1:${port}`, again: () => start(port) };
}
