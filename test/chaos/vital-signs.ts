import { setTimeout as delay } from 'node:timers/promises';

import type { PlatformProcess } from './platform/platform-process.js';
import { countKeys, usedMemory } from './redis-server.js';
import type { Stage } from './stage.js';

/** What would grow if something leaked. */
const TOLERANCES = {
  /** Of the process that has most, after its garbage is collected. */
  resident_mb: { times: 1.25, plus: 40 },
  /** Of the process that has most. The cache of events has its 32 MB after some minutes only. */
  heap_mb: { times: 1.1, plus: 32 },
  /** Sockets, timers and the like: as many as requests and statements are under way just then. */
  handles: { times: 1.5, plus: 20 },
  /** Those of this run's prefix: a lane has one job, and one for each time that it is to wake. */
  redis_keys: { times: 1.25, plus: 20 },
  redis_mb: { times: 1.25, plus: 3 },
} as const;

export type VitalSigns = Record<keyof typeof TOLERANCES, number>;

const SAMPLES = 5;
const BETWEEN_SAMPLES_MS = 300;
const MB = 1024 * 1024;

/** The medians of some moments, while the load goes on. */
export async function vitalSigns(stage: Stage, platforms: PlatformProcess[]): Promise<VitalSigns> {
  const samples: VitalSigns[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    samples.push(await sampleOf(stage, platforms));
    await delay(BETWEEN_SAMPLES_MS);
  }
  const median = (sign: keyof VitalSigns) =>
    samples.map((sample) => sample[sign]).sort((a, b) => a - b)[Math.floor(SAMPLES / 2)] ?? Number.NaN;
  return {
    resident_mb: median('resident_mb'),
    heap_mb: median('heap_mb'),
    handles: median('handles'),
    redis_keys: median('redis_keys'),
    redis_mb: median('redis_mb'),
  };
}

async function sampleOf(stage: Stage, platforms: PlatformProcess[]): Promise<VitalSigns> {
  const { url } = stage.services.redis;
  const reports = await Promise.all(platforms.map((platform) => platform.measured()));
  return {
    resident_mb: Math.round(Math.max(...reports.map(({ residentBytes }) => residentBytes)) / MB),
    heap_mb: Math.round(Math.max(...reports.map(({ heapBytes }) => heapBytes)) / MB),
    handles: Math.max(...reports.map(({ handles }) => handles)),
    redis_keys: await countKeys(url, stage.redisPrefix),
    redis_mb: Math.round(((await usedMemory(url)) / MB) * 10) / 10,
  };
}

/** What has grown beyond its tolerance, in words. */
export function growth(before: VitalSigns, after: VitalSigns): string[] {
  return (Object.keys(TOLERANCES) as (keyof VitalSigns)[]).flatMap((sign) => {
    const most = before[sign] * TOLERANCES[sign].times + TOLERANCES[sign].plus;
    return after[sign] <= most ? [] : [`${sign} grew from ${before[sign]} to ${after[sign]}`];
  });
}
