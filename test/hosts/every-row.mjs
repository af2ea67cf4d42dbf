import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playCommand } from './command.mjs';
import { checkTypes } from './compiling.mjs';
import { playExample } from './examples.mjs';
import { runHostScript, runProgram } from './host-process.mjs';
import { playNewcomer } from './newcomer.mjs';
import { playOperations } from './operations.mjs';
import { lintPackage, weigh } from './packages.mjs';
import { play } from './play.mjs';
import { ROWS } from './rows.mjs';

const JEST = fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url));
const VERSIONS = [12, 11];
/** Where one row for each Nest has to do: its hosts are most often so. */
const TOGETHER = { 12: 'esm', 11: 'cjs' };

/** Name and deed of each row. */
export function* everyRow({ folder, tarball, prepared, services, examples }) {
  const empty = () => services.database('postgres');
  // The longest: the others go on beside it.
  yield [
    'newcomer: an empty folder to the first verified delivery, by the README',
    async () => playNewcomer(join(folder, 'newcomer'), tarball, await empty()),
  ];
  yield ['the tarball: publint and are-the-types-wrong', () => lintPackage(tarball)];
  for (const nest of VERSIONS) {
    const compiled = (format) => prepared.compiled({ nest, format });
    yield [`nest ${nest}: what the package brings along`, async () => weight(await prepared.installed(nest))];
    yield [
      `nest ${nest}: import and require get one copy`,
      async () => void (await runHostScript(await compiled('esm'), ['one-copy.mjs'])),
    ];
    yield [
      `nest ${nest}, cjs, within Jest: the CommonJS copy`,
      async () => playJest(await compiled('cjs'), await empty()),
    ];
    yield [
      `nest ${nest}: the operators' command, on an empty PostgreSQL`,
      async () => playCommand(await prepared.installed(nest), await empty(), await empty()),
    ];
    const format = TOGETHER[nest];
    yield [
      `nest ${nest}, ${format}: every type checked, without the optional packages`,
      async () => checkTypes(await prepared.installed(nest), { nest, format }),
    ];
  }
  for (const row of ROWS) yield [nameOf(row), () => playRow(row, prepared, services)];
  for (const nest of VERSIONS) {
    const format = TOGETHER[nest];
    yield [
      `nest ${nest}, ${format}: swagger, terminus, prom-client and opentelemetry, by docs/operations.md`,
      async () => playWatched(await prepared.compiled({ nest, format, isWatched: true }), services),
    ];
  }
  for (const name of examples)
    yield [`example: ${name}`, async () => playExample(await prepared.examples(), name, await empty())];
}

async function playRow(row, prepared, services) {
  const { platform, database, entities, migrated, dataSource, lanes, ...others } = row;
  const why = services.missing(database);
  if (why !== undefined) return { skipped: why };
  return play(await prepared.compiled(row), {
    ...others,
    platform,
    entities,
    database: await services.database(database),
    migrationsRun: migrated !== 'apart',
    ...(dataSource && { dataSource, otherDatabase: await services.database(database) }),
    redis: services.redis(lanes),
  });
}

async function playWatched(folder, services) {
  return playOperations(folder, {
    platform: 'express',
    entities: 'loaded',
    database: await services.database('postgres'),
    migrationsRun: true,
    redis: services.redis('prefix'),
  });
}

async function playJest(folder, database) {
  const settings = { platform: 'express', entities: 'loaded', database, migrationsRun: true };
  await runProgram(folder, [JEST, '--config', 'jest/jest.config.cjs'], {
    HOST: JSON.stringify(settings),
    SWC_JEST: createRequire(import.meta.url).resolve('@swc/jest'),
  });
}

async function weight(installed) {
  const { direct, packages, ownBytes, allBytes } = await weigh(installed);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  return `${megabytes(ownBytes)}, and ${packages} packages (${direct} direct) of ${megabytes(allBytes - ownBytes)}`;
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
