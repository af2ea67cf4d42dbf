import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, exampleNames, playExample } from './examples.mjs';
import { runHostScript, runProgram } from './host-process.mjs';
import { playNewcomer } from './newcomer.mjs';
import { compile, compileHost, install, lintPackage, pack, weigh } from './packages.mjs';
import { play } from './play.mjs';
import { ROWS } from './rows.mjs';
import { startEveryService } from './services.mjs';

const JEST = fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url));
const COMMAND = 'node_modules/.bin/nestjs-booking-webhooks';

/** Plays every row whose text has `only` in it; answers an exit code. */
export async function testHosts(only = '') {
  const folder = await mkdtemp(join(tmpdir(), 'booking-webhooks-hosts-'));
  const counts = { passed: 0, failed: 0 };
  let services;
  try {
    services = await startEveryService();
    const tarball = await pack(folder);
    const prepared = hosts(folder, tarball);
    for (const [name, run] of rows({ folder, tarball, prepared, services, examples: await exampleNames() })) {
      if (name.includes(only)) counts[await told(name, run)] += 1;
    }
  } finally {
    await services?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`hosts: ${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

/** Name and deed of each row. */
function* rows({ folder, tarball, prepared, services, examples }) {
  yield ['the tarball: publint and are-the-types-wrong', () => lintPackage(tarball)];
  for (const nest of [12, 11]) {
    yield [`nest ${nest}: what the package brings along`, async () => weight(await prepared.installed(nest))];
    yield [
      `nest ${nest}: import and require get one copy`,
      async () =>
        void (await runHostScript(await prepared.compiled({ nest, format: 'esm' }), ['one-copy.mjs'])),
    ];
  }
  for (const nest of [12, 11]) {
    yield [
      `nest ${nest}, cjs, within Jest: the CommonJS copy`,
      async () => void (await playJest(await prepared.compiled({ nest, format: 'cjs' }), services)),
    ];
    yield [
      `nest ${nest}: the operators' command`,
      async () => void (await runProgram(await prepared.installed(nest), [COMMAND, '--help'])),
    ];
  }
  for (const row of ROWS) yield [nameOf(row), async () => playRow(row, prepared, services)];
  for (const name of examples) {
    yield [
      `example: ${name}`,
      async () => playExample(await prepared.examples(), name, await services.database('postgres')),
    ];
  }
  yield [
    'newcomer: an empty folder to the first verified delivery, by the README',
    async () => playNewcomer(join(folder, 'newcomer'), tarball, await services.database('postgres')),
  ];
}

async function playJest(folder, services) {
  const settings = {
    platform: 'express',
    entities: 'loaded',
    database: await services.database('postgres'),
    migrationsRun: true,
  };
  await runProgram(folder, [JEST, '--config', 'jest/jest.config.cjs'], {
    HOST: JSON.stringify(settings),
    SWC_JEST: createRequire(import.meta.url).resolve('@swc/jest'),
  });
}

async function playRow(row, prepared, services) {
  const { platform, database, entities, migrated, dataSource, lanes, ...others } = row;
  await play(await prepared.compiled(row), {
    ...others,
    platform,
    entities,
    database: await services.database(database),
    migrationsRun: migrated !== 'apart',
    ...(dataSource && { dataSource, otherDatabase: await services.database(database) }),
    redis: services.redis(lanes),
  });
}

function nameOf({ nest, format, platform, database, entities, migrated, dataSource, lanes, ...others }) {
  const rest = ['globalPrefix', 'versioning', 'appGuard', 'strictPipe'].filter((name) => others[name]);
  const parts = [
    `nest ${nest}`,
    format,
    platform,
    database,
    `entities ${entities}`,
    ...(migrated ? [`migrated ${migrated}`] : []),
    ...(dataSource ? ['second data source'] : []),
    lanes === 'in-process' ? 'no redis' : `bull ${lanes}`,
    ...rest,
  ];
  return parts.join(', ');
}

/** Installations and compiled hosts, each made once, when the first row asks for it. */
function hosts(folder, tarball) {
  const made = new Map();
  const once = (key, make) => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key);
  };
  const installed = (nest) =>
    once(`${nest}`, async () => {
      const path = join(folder, `nest${nest}`);
      await install(nest, tarball, path);
      return path;
    });
  const compiled = ({ nest, format }) =>
    once(`${nest} ${format}`, async () => compileHost(await installed(nest), { nest, format }));
  const examples = () =>
    once('examples', async () => {
      const around = await installed(12);
      return compile(EXAMPLES, join(around, 'examples'), { nest: 12, format: 'esm' });
    });
  return { installed, compiled, examples };
}

async function weight(installed) {
  const { direct, packages, ownBytes, allBytes } = await weigh(installed);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `${megabytes(ownBytes)}, and ${packages} packages (${direct} direct) of ${megabytes(allBytes - ownBytes)}`;
}

async function told(name, run) {
  const startedAt = performance.now();
  try {
    const more = await run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`ok    ${seconds.padStart(5)} s  ${name}${more ? `: ${more}` : ''}`);
    return 'passed';
  } catch (error) {
    console.log(`FAIL           ${name}\n${error.message.replaceAll(/^/gm, '      ')}`);
    return 'failed';
  }
}
