import { randomUUID } from 'node:crypto';

/** The Redis that the tests run on, and a prefix for Bull's keys that no other spec uses. */
export function freshRedis(): { url: string; prefix: string } {
  const url = process.env.REDIS_URL;
  if (!url) throw new Error('REDIS_URL is not set: run the specs with jest, whose global set-up sets it.');
  return { url, prefix: `spec-${randomUUID()}` };
}

/** A Redis of a spec's own, which it may stop, kill and start again. */
export interface OwnRedis {
  url: string;
  /** Resolves when the server has gone, or has got a SIGSTOP or SIGCONT. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** On the same port, without what it held. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export async function ownRedis(): Promise<OwnRedis> {
  const path = '../../scripts/services/services.mjs';
  const { startOwnRedis } = (await import(path)) as { startOwnRedis: () => Promise<OwnRedis> };
  return startOwnRedis();
}
