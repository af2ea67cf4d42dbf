import { performance } from 'node:perf_hooks';

import { Injectable } from '@nestjs/common';

const WINDOW_MS = 40;
/** What was measured over longer than this tells of a time before the present work. */
const STALE_MS = 250;
/** The share of the time that a process is at work when it has all that it can do. */
const BUSY = 0.7;

/** @param utilization of the event loop in the last `elapsedMs`, 0 to 1 */
export function isSpare(elapsedMs: number, utilization: number): boolean {
  return elapsedMs < STALE_MS && utilization < BUSY;
}

/**
 * Whether this process could send more than it does. One that is at work all the time sends no more with more requests in
 * flight: it opens connections for them, and keeps each for longer.
 */
@Injectable()
export class SpareTime {
  private readAt = performance.now();
  private reading = performance.eventLoopUtilization();
  private spare = false;

  /** By what was seen since the last time that somebody asked; false until that is known. */
  isThere(): boolean {
    const now = performance.now();
    const elapsedMs = now - this.readAt;
    if (elapsedMs < WINDOW_MS) return this.spare;
    const reading = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(reading, this.reading);
    this.spare = isSpare(elapsedMs, utilization);
    this.readAt = now;
    this.reading = reading;
    return this.spare;
  }
}
