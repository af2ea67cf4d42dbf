import { Ajv } from 'ajv';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { webhookMigrations } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';

import { bundle } from './setup/bundle.js';
import { freshDatabase } from './setup/database.js';
import { SECRET_KEY } from './setup/host.js';
import { rowsOf } from './setup/rows.js';
import { until } from './setup/until.js';

const ROOT = resolve(__dirname, '..');
const FILES = ['compose.yaml', 'compose.cluster.yaml'];
const FLEET = ['api', 'worker'];

interface Service {
  environment?: Record<string, string>;
  command?: string[];
  stop_grace_period?: string;
  build?: { context: string; dockerfile: string };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  volumes?: string[];
}

interface Compose {
  services: Record<string, Service>;
  volumes?: Record<string, object>;
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compose = (file: string) => parse(read(`deploy/${file}`), { merge: true }) as Compose;

/** As much of the Compose Specification as the files use, and nothing beyond it: a misspelt key is refused. */
const DURATION = { type: 'string', pattern: '^\\d+(ms|s|m|h)$' };
const WORDS = { type: 'array', items: { type: 'string' } };
const SERVICE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    image: { type: 'string', pattern: '^[a-z]+:\\d+(-[a-z]+)?$' },
    build: {
      type: 'object',
      additionalProperties: false,
      required: ['context', 'dockerfile'],
      properties: { context: { type: 'string' }, dockerfile: { type: 'string' } },
    },
    command: WORDS,
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    ports: { type: 'array', items: { type: 'string', pattern: '^\\d+(-\\d+)?:\\d+$' } },
    volumes: WORDS,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    stop_grace_period: DURATION,
    healthcheck: {
      type: 'object',
      additionalProperties: false,
      required: ['test'],
      properties: {
        test: { type: 'array', items: { type: 'string' }, minItems: 2 },
        interval: DURATION,
        timeout: DURATION,
        retries: { type: 'integer' },
        start_period: DURATION,
      },
    },
    depends_on: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['condition'],
        properties: {
          condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
        },
      },
    },
    deploy: {
      type: 'object',
      additionalProperties: false,
      properties: { replicas: { type: 'integer', minimum: 1 } },
    },
  },
};
const COMPOSE = {
  type: 'object',
  additionalProperties: false,
  required: ['services'],
  patternProperties: { '^x-': {} },
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9-]+$' },
    services: { type: 'object', additionalProperties: SERVICE },
    volumes: { type: 'object', additionalProperties: { type: 'object', maxProperties: 0 } },
  },
};

describe('the compose files', () => {
  it.each(FILES)('%s has only what the specification knows', (file) => {
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(COMPOSE, compose(file));
    expect(ajv.errors).toBeNull();
  });

  it('name only services, volumes and files that there are', () => {
    const base = compose('compose.yaml');
    const over = compose('compose.cluster.yaml');
    const services = { ...base.services, ...over.services };
    for (const { depends_on = {}, build, volumes = [] } of [base, over].flatMap((one) =>
      Object.values(one.services),
    )) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      const named = volumes.map((volume) => volume.split(':')[0]);
      expect(Object.keys(base.volumes ?? {})).toEqual(expect.arrayContaining(named));
      if (build)
        expect([build.context, read(`deploy/${build.dockerfile.replace('deploy/', '')}`)]).toEqual([
          '..',
          expect.stringContaining('FROM'),
        ]);
    }
    for (const [name, { depends_on = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        if (condition === 'service_healthy')
          expect([name, other, services[other]?.healthcheck]).not.toContain(undefined);
      }
    // Over the base, nothing is left without a service of its own.
    expect(Object.keys(base.services)).toEqual(expect.arrayContaining(FLEET));
  });

  it('set what the program reads, and nothing that it does not', () => {
    const base = compose('compose.yaml').services;
    const over = compose('compose.cluster.yaml').services;
    const readBy = variablesOf('apps/fleet/src');
    // Of receivers within the network; nobody else needs them.
    const optional = ['ALLOW_HTTP', 'ALLOWED_ADDRESSES'];
    for (const name of FLEET) {
      const set = Object.keys({ ...base[name]?.environment, ...over[name]?.environment });
      expect([...set, ...optional].toSorted()).toEqual([...readBy].toSorted());
    }
    expect(Object.keys(base.migrate?.environment ?? {})).toEqual(['DATABASE_URL']);
    expect(read('libs/webhooks/src/cli/database-address.ts')).toContain('process.env.DATABASE_URL');
    expect(base.migrate?.command).toEqual(['node', 'libs/webhooks/dist/cli/main.js', 'migrate']);
  });

  it('give a process longer to end than it may take', () => {
    const { deadlineMs } = defaults();
    for (const name of FLEET) {
      const grace =
        Number.parseInt(compose('compose.yaml').services[name]?.stop_grace_period ?? '', 10) * 1_000;
      expect(grace).toBeGreaterThanOrEqual(deadlineMs + 5_000);
    }
  });

  function defaults(): { deadlineMs: number } {
    const [, row = ''] = /^\| `deadlineMs` .*?\| `(\d+)`/m.exec(read('docs/options.md')) ?? [];
    return { deadlineMs: Number(row) };
  }
});

/** What a program takes from its environment, by name. */
function variablesOf(folder: string): Set<string> {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts'));
  const found = names
    .map((name) => read(`${folder}/${name}`))
    .flatMap((text) => [...text.matchAll(/process\.env\.([A-Z_]+)|(?:required|listed|oneOf)\('([A-Z_]+)'/g)]);
  return new Set(found.map(([, plain, named]) => plain ?? named ?? ''));
}

describe('the program of the compose files', () => {
  const OPERATOR = 'operator-token';
  /** Below the library, which finds there what is left outside of the bundle. */
  const built = join(ROOT, `libs/webhooks/node_modules/.cache/fleet-spec-${process.pid}`);
  const running = new Set<ChildProcess>();
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let receiver: TestReceiver;

  beforeAll(async () => {
    await bundle('apps/fleet/src/main.ts', join(built, 'main.js'));
  });
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  beforeEach(async () => {
    database = await freshDatabase();
    const dataSource = new DataSource({ type: 'postgres', url: database.url, migrations: webhookMigrations });
    await dataSource.initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
    receiver = await TestReceiver.start();
  });
  afterEach(async () => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
    await receiver.stop();
    await database.drop();
  });

  it('works as API and as workers, and goes on while the workers are replaced one by one', async () => {
    const redis = new URL(process.env.REDIS_URL ?? '');
    // A database of Redis' own: the fleet takes Bull's usual prefix.
    redis.pathname = '/7';
    await fleetWorks({ REDIS_URL: redis.href });
  }, 120_000);

  it('works on a Redis Cluster, too', async () => {
    const cluster = await startCluster();
    try {
      await fleetWorks({ REDIS_CLUSTER_NODES: cluster.url });
    } finally {
      await cluster.stop();
    }
  }, 120_000);

  async function fleetWorks(redis: Record<string, string>): Promise<void> {
    const [api, first, second] = await Promise.all([
      start('api', redis),
      start('worker', redis),
      start('worker', redis),
    ]);
    for (const { url } of [api, first, second]) expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${api.url}/webhooks`)).status).toBe(403);
    expect((await fetch(`${first.url}/webhooks`)).status).toBe(404);
    const webhook = { contractId: 'C-1', url: receiver.url, eventTypes: ['*'] };
    expect((await call(api, 'webhooks', webhook)).status).toBe(201);

    const cancel = async (count: number) => {
      for (let booking = 0; booking < count; booking += 1)
        expect((await call(api, `contracts/C-1/bookings/B-${booking}/cancellation`, {})).status).toBe(201);
    };
    await cancel(20);
    await until('twenty have arrived', () => receiver.requests.length >= 20);
    const third = await start('worker', redis);
    await Promise.all([cancel(20), ended(first)]);
    await until('forty have arrived', () => receiver.requests.length >= 40);
    await Promise.all([cancel(20), ended(second)]);
    await until('sixty have arrived', () => receiver.requests.length >= 60);

    await ended(api);
    await ended(third);
    // Each once: a process that is asked to end leaves nothing to be done again.
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
    expect(receiver.requests).toHaveLength(60);
    const rows = await rowsOf(
      database.url,
      `SELECT status, COUNT(*)::int AS count FROM webhook_delivery GROUP BY 1`,
    );
    expect(rows).toEqual([{ status: 'succeeded', count: 60 }]);
    expect(await rowsOf(database.url, 'SELECT 1 FROM webhook_lane WHERE lease_token IS NOT NULL')).toEqual(
      [],
    );
  }

  async function start(role: string, redis: Record<string, string>) {
    const port = await freePort();
    const child = spawn(process.execPath, [join(built, 'main.js')], {
      env: {
        PATH: process.env.PATH,
        ROLE: role,
        DATABASE_URL: database.url,
        WEBHOOKS_SECRET_KEYS: SECRET_KEY,
        OPERATOR_TOKEN: OPERATOR,
        PORT: String(port),
        ALLOW_HTTP: 'true',
        ALLOWED_ADDRESSES: '127.0.0.0/8',
        ...redis,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    const exited = new Promise<number | null>((done) => child.once('close', done));
    const ready = () => {
      if (child.exitCode !== null) throw new Error(`The ${role} has ended: ${said}`);
      return said.includes('ready on port');
    };
    await until(`the ${role} is ready`, ready, 60_000);
    return { url: `http://127.0.0.1:${port}`, child, exited };
  }

  /** As `docker stop` asks for it. A signal that is passed on ends a process by that signal, after its hooks. */
  async function ended({ child, exited }: Awaited<ReturnType<typeof start>>): Promise<void> {
    child.kill('SIGTERM');
    await exited;
    running.delete(child);
    expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGTERM']);
  }

  function call({ url }: { url: string }, path: string, body: object): Promise<Response> {
    return fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPERATOR}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
});

describe('the guide', () => {
  const page = read('docs/deployment.md');
  const rows = [...page.matchAll(/^\| `(\w+)` +\| `?([^|`]+?)`? +\|/gm)];

  it('shows files as they are', () => {
    const shown = [...page.matchAll(/<!-- source: (\S+) -->\n+```ts\n(.*?)```$/gms)];
    expect(shown.map(([, path]) => path)).toEqual(['apps/fleet/src/redis.ts']);
    for (const [, path = '', text] of shown) expect(text).toBe(read(path));
  });

  it('has every variable of the program', () => {
    const named = rows.map(([, name = '']) => name).filter((name) => /^[A-Z_]+$/.test(name));
    expect(named.toSorted()).toEqual([...variablesOf('apps/fleet/src')].toSorted());
  });

  it('has the defaults of the options that it names', () => {
    const options = read('docs/options.md');
    const named = rows.filter(([, name = '']) => /^[a-z]/.test(name));
    expect(named.length).toBeGreaterThan(3);
    for (const [, name = '', value] of named) {
      const [, inForce] = new RegExp(`^\\| \`${name}\` .*?\\| \`(\\d+)\``, 'm').exec(options) ?? [];
      expect([name, value]).toEqual([name, inForce]);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Three nodes, whose `url` names them with commas between. */
async function startCluster(): Promise<{ url: string; stop(): Promise<void> }> {
  const path = '../scripts/services/services.mjs';
  const services = (await import(path)) as {
    startOwnRedisCluster: () => Promise<{ url: string; stop(): Promise<void> }>;
  };
  return services.startOwnRedisCluster();
}
