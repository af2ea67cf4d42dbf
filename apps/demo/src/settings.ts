import { createHash, randomBytes } from 'node:crypto';

/** What the demo takes from its environment. A host would use its configuration service. */
export const settings = {
  databaseUrl: required('DATABASE_URL', 'postgres://user:password@127.0.0.1:5432/demo'),
  /** Without a Redis, lanes are woken inside this process. */
  redisUrl: process.env.REDIS_URL,
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
