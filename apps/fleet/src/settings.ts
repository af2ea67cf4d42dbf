/** What a process of the fleet takes from its environment; deploy/compose.yaml sets it. */
export const settings = {
  /** `api` answers requests and publishes, `worker` sends. Each serves its health. */
  role: oneOf('ROLE', ['api', 'worker']),
  databaseUrl: required('DATABASE_URL'),
  redis: { url: process.env.REDIS_URL, clusterNodes: listed('REDIS_CLUSTER_NODES') },
  /** The key that seals first; those before it behind. As the command `reseal` reads them. */
  secretKeys: listed('WEBHOOKS_SECRET_KEYS'),
  operatorToken: required('OPERATOR_TOKEN'),
  port: Number(process.env.PORT ?? 3000),
  /** For receivers within the network. */
  allowHttp: process.env.ALLOW_HTTP === 'true',
  allowedAddresses: listed('ALLOWED_ADDRESSES'),
};

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set. deploy/compose.yaml shows what a process needs.`);
}

function listed(name: string): string[] {
  return (process.env[name] ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

function oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
  const value = required(name);
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new Error(`${name} is '${value}'; set it to ${words.join(' or ')}.`);
}
