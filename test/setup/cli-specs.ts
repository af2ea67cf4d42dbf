import type { Answering } from 'nestjs-booking-webhooks/testing';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';

import type { CliResult, CliRun } from './cli.js';
import { Cli } from './cli.js';
import type { DatabaseKind, FreshDatabase } from './database.js';
import { freshDatabase } from './database.js';
import type { HostOptions, SharedServices } from './host.js';
import { Host } from './host.js';
import { freshRedis } from './redis.js';
import { carryOut, rowsOf } from './rows.js';

/** The operators' command, and an empty database that it is told of, anew for each test. */
export class CliSpec {
  cli!: Cli;
  database!: FreshDatabase;

  /** Over the database, unless the run says otherwise. */
  run(args: string[], run: CliRun = {}): Promise<CliResult> {
    return this.cli.run(args, this.told(run));
  }

  /** {@link run} with `--json`. */
  json(args: string[], run: CliRun = {}) {
    return this.cli.json(args, this.told(run));
  }

  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]> {
    return rowsOf<Row>(this.database.url, sql);
  }

  carryOut(script: string): Promise<void> {
    return carryOut(this.database.url, script);
  }

  private told({ env = {}, ...run }: CliRun): CliRun {
    return { ...run, env: { DATABASE_URL: this.database.url, ...env } };
  }
}

/** Beside it a platform with the module, and a receiver for what it sends. */
export class CliPlatformSpec extends CliSpec {
  host!: Host;
  receiver!: TestReceiver;
  shared!: SharedServices;
}

export function cliSpec(kind?: DatabaseKind): CliSpec {
  return prepared(new CliSpec(), kind);
}

interface CliPlatformOptions extends Omit<HostOptions, 'shared'> {
  answer?: Answering;
}

export function cliPlatformSpec({
  database,
  answer = () => ({ status: 204 }),
  ...options
}: CliPlatformOptions = {}): CliPlatformSpec {
  const spec = new CliPlatformSpec();
  // Before the database's own: jest runs them in this order.
  afterEach(async () => {
    await spec.host.stop();
    await spec.receiver.stop();
  });
  prepared(spec, database);
  beforeEach(async () => {
    spec.shared = { database: spec.database, redis: freshRedis() };
    spec.receiver = await TestReceiver.start(answer);
    spec.host = await Host.start({ ...options, shared: spec.shared });
  });
  return spec;
}

function prepared<Spec extends CliSpec>(spec: Spec, kind: DatabaseKind | undefined): Spec {
  beforeAll(async () => {
    spec.cli = await Cli.build();
  });
  afterAll(() => spec.cli.remove());
  beforeEach(async () => {
    spec.database = await freshDatabase(kind);
  });
  afterEach(() => spec.database.drop());
  return spec;
}
