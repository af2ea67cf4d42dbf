import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

import { PlatformProcess } from './platform/platform-process.js';
import type { PlatformSettings } from './platform/platform-settings.js';
import { TEST_APPLICATION } from './platform/platform-settings.js';
import { seedOf } from './random.js';
import { ReceiverProcess } from './receiver/receiver-process.js';
import type { Services } from './services.js';

/** What one run of a scenario works with: an empty database, a Redis prefix of its own, and the processes it starts. */
export class Stage {
  private readonly platforms = new Set<PlatformProcess>();
  private readonly receivers = new Set<ReceiverProcess>();
  private platformsStarted = 0;

  private constructor(
    readonly services: Services,
    readonly databaseUrl: string,
    readonly redisPrefix: string,
    /** For ledgers and notes; removed with the stage. */
    readonly folder: string,
    /** A pool of the test's own; errors of its idle connections are the faults that the scenario makes. */
    readonly database: pg.Pool,
    /** What the choices of its processes are made of. */
    private readonly seed: number,
  ) {}

  static async set(services: Services, name: string, seed: number): Promise<Stage> {
    const own = `chaos_${name.replaceAll('-', '_')}_${randomBytes(4).toString('hex')}`;
    const admin = new pg.Client({ connectionString: services.postgres.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${own}`);
    await admin.end();
    const url = new URL(services.postgres.url);
    url.pathname = own;
    const folder = await mkdtemp(join(tmpdir(), 'booking-webhooks-chaos-'));
    const database = new pg.Pool({
      connectionString: url.href,
      max: 4,
      application_name: TEST_APPLICATION,
    });
    database.on('error', () => undefined);
    return new Stage(services, url.href, `{${own}}`, folder, database, seed);
  }

  async startReceiver(): Promise<ReceiverProcess> {
    const name = `ledger-${this.receivers.size}`;
    const receiver = await ReceiverProcess.start(join(this.folder, `${name}.jsonl`), seedOf(this.seed, name));
    this.receivers.add(receiver);
    return receiver;
  }

  /** A process of the platform; the first one makes the tables, so wait for it before the next. */
  async startPlatform(settings: PlatformSettings = {}): Promise<PlatformProcess> {
    this.platformsStarted += 1;
    const platform = await PlatformProcess.start({
      databaseUrl: this.databaseUrl,
      redisUrl: this.services.redis.url,
      redisPrefix: this.redisPrefix,
      seed: seedOf(this.seed, `platform-${this.platformsStarted}`),
      ...settings,
    });
    this.platforms.add(platform);
    return platform;
  }

  /** Ends every process that the scenario started, and drops what it wrote. */
  async strike(): Promise<void> {
    await Promise.all([...this.platforms].map((platform) => platform.kill('SIGKILL')));
    await Promise.all([...this.receivers].map((receiver) => receiver.stop()));
    await this.database.end();
    const admin = new pg.Client({ connectionString: this.services.postgres.url });
    await admin.connect();
    await admin.query(`DROP DATABASE ${new URL(this.databaseUrl).pathname.slice(1)} WITH (FORCE)`);
    await admin.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
