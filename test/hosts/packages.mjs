import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = 'nestjs-booking-webhooks';

/** What a host has anyway, beside Nest's packages. */
const EVERY_HOST = {
  axios: '^1.18.0',
  bull: '^4.16.5',
  'class-transformer': '^0.5.1',
  'class-validator': '^0.15.1',
  ioredis: '^5.3.2',
  mysql2: '^3.24.6',
  pg: '^8.16.0',
  'reflect-metadata': '^0.2.2',
  rxjs: '^7.8.2',
  'sql.js': '^1.16.0',
  typeorm: '^1.1.0',
};
/** The oldest that the library's peers promise: hosts of an older Nest have older packages beside it. */
const OLDEST = {
  axios: '1.18.0',
  bull: '4.16.0',
  'class-validator': '0.14.0',
  'reflect-metadata': '0.2.0',
  rxjs: '7.8.0',
  typeorm: '1.0.0',
};
const NEST = {
  12: nestPackages('^12.0.0', '^12.0.0', '^12.0.0'),
  11: nestPackages('^11.0.0', '^4.0.0', '^3.0.0'),
};

function nestPackages(nest, axios, eventEmitter) {
  const names = ['bull', 'common', 'core', 'platform-express', 'platform-fastify', 'typeorm'];
  return {
    ...Object.fromEntries(names.map((name) => [`@nestjs/${name}`, nest])),
    '@nestjs/axios': axios,
    '@nestjs/event-emitter': eventEmitter,
  };
}

const QUIETLY = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** The library as it would be published: the path of its tarball. */
export async function pack(folder) {
  const args = ['pack', '--silent', '--pack-destination', folder];
  const { stdout } = await npm(args, join(root, 'libs/webhooks'));
  return join(folder, stdout.trim());
}

/** An empty folder with a Nest of this version and the packed library in it. */
export async function install(nest, tarball, folder) {
  await mkdir(folder, { recursive: true });
  const dependencies = {
    ...NEST[nest],
    ...EVERY_HOST,
    ...(nest === 11 && OLDEST),
    [PACKAGE]: `file:${tarball}`,
  };
  const types = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).devDependencies['@types/node'];
  await writeJson(join(folder, 'package.json'), {
    private: true,
    dependencies,
    devDependencies: { '@types/node': types },
  });
  await npm(['install', ...QUIETLY], folder);
}

/** The same host once more, in `folder`, with what docs/operations.md has it install. */
export async function installWatched(nest, installed, folder) {
  await mkdir(folder);
  const same = ['package.json', 'package-lock.json', 'node_modules'].map((name) => join(installed, name));
  await promisify(execFile)('cp', ['-a', ...same, folder]);
  await npm(['install', ...watchedPackages(nest), ...QUIETLY], folder);
}

function watchedPackages(nest) {
  return [
    `@nestjs/swagger@${nest}`,
    `@nestjs/terminus@${nest}`,
    'prom-client@15',
    '@opentelemetry/api@1',
    // What came later needs Node 22.
    '@opentelemetry/sdk-node@0.223',
    '@opentelemetry/instrumentation-http@0.223',
  ];
}

/** What the library brings along, peers that every such host has not counted. */
export async function weigh(installed) {
  const lock = JSON.parse(
    await readFile(join(installed, 'node_modules/.package-lock.json'), 'utf8'),
  ).packages;
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const name of Object.keys(lock[path].dependencies ?? {})) visit(resolved(lock, path, name));
  };
  visit(`node_modules/${PACKAGE}`);
  const sizes = await Promise.all([...found].map((path) => sizeOf(join(installed, path))));
  return {
    direct: Object.keys(lock[`node_modules/${PACKAGE}`].dependencies).length,
    packages: found.size - 1,
    ownBytes: sizes[0],
    allBytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** Where Node finds a package that the one at `from` asks for. */
function resolved(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (lock[path]) return path;
    if (folder === '') throw new Error(`${name}, which ${from} needs, is not installed.`);
  }
}

async function sizeOf(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What publint and are-the-types-wrong say of the tarball; throws when they say anything. */
export async function lintPackage(tarball) {
  const tools = [
    ['publint', 'src/cli.js', ['run', tarball, '--strict']],
    ['@arethetypeswrong/cli', 'dist/index.js', [tarball, '--no-emoji', '--no-color', '--format', 'ascii']],
  ];
  for (const [name, main, args] of tools) {
    const path = join(root, 'node_modules', name, main);
    await promisify(execFile)(process.execPath, [path, ...args]).catch(({ stdout, stderr }) => {
      throw new Error(`${name} is not content:\n${stdout}${stderr}`);
    });
  }
}

async function npm(args, cwd) {
  const command = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...first] = command;
  // What `npm run` told this process of our own workspace would reach the other folder's npm as its configuration.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_local|package)/.test(name)),
  );
  try {
    return await promisify(execFile)(program, [...first, ...args], { cwd, env, maxBuffer: 1 << 26 });
  } catch (cause) {
    throw new Error(`npm ${args[0]} failed: ${cause.stderr || cause.message}`, { cause });
  }
}

export function writeJson(path, value) {
  return writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
