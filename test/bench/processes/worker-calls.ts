import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

import { usage } from './usage.js';

const SAMPLE_EVERY_US = 250;

const session = new Session();

/** What the bench asks of a process that delivers. */
export interface WorkerCalls {
  usage: typeof usage;
  startProfile(): Promise<void>;
  stopProfile(): Promise<Profiler.Profile>;
}

export const workerCalls: WorkerCalls = {
  usage,
  async startProfile() {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_US });
    await session.post('Profiler.start');
  },
  async stopProfile() {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  },
};
