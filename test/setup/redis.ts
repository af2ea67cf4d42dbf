import { randomUUID } from 'node:crypto';

/** The Redis that the tests run on, and a prefix for Bull's keys that no other spec uses. */
export function freshRedis(): { url: string; prefix: string } {
  const url = process.env.REDIS_URL;
  if (!url) throw new Error('REDIS_URL is not set: run the specs with jest, whose global set-up sets it.');
  return { url, prefix: `spec-${randomUUID()}` };
}
