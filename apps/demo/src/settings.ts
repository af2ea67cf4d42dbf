import { createHash, randomBytes } from 'node:crypto';

import { webhookMigrations } from 'nestjs-booking-webhooks';

import { CreatePlatform1767225600000 } from './platform/create-platform.migration.js';

/** What the demo takes from its environment. A host would use its configuration service. */
export const settings = {
  database: {
    type: 'postgres' as const,
    url: required('DATABASE_URL', 'postgres://user:password@127.0.0.1:5432/demo'),
    poolSize: 20,
    migrations: [CreatePlatform1767225600000, ...webhookMigrations],
    migrationsRun: true,
  },
  redisUrl: process.env.REDIS_URL,
  /** The receiver is on this machine, and nobody wants to watch a demo wait for hours. */
  localAndQuick: {
    // Without a Redis, lanes are woken inside this process.
    scheduler: process.env.REDIS_URL ? ('bull' as const) : ('in-process' as const),
    allowHttp: true,
    allowedAddresses: ['127.0.0.0/8'],
    deadlineMs: 1_500,
    retryDelaysMs: [300, 600, 1_200, 2_500, 5_000],
    pauseMs: 400,
    maxPauseMs: 1_500,
  },
  /** Seals the webhooks' secrets. A real host keeps it: secrets sealed with a lost key are lost. */
  webhooksKey: process.env.WEBHOOKS_KEY ?? randomBytes(32).toString('base64'),
  /** Where the platform listens when it stays up. */
  port: Number(process.env.PORT ?? 3000),
  operatorToken: process.env.OPERATOR_TOKEN ?? `operator-${randomBytes(6).toString('hex')}`,
};

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function required(name: string, example: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `The demo needs ${name}, for example ${example}. \`npm run demo\` starts a database and sets it.`,
  );
}
