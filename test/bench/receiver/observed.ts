import type { Child } from '../processes/child.js';
import { now } from '../processes/clock.js';
import type { ReceiverCalls } from './receiver.main.js';

/** Of every contender alike: what is smaller or unsigned is not the same work. */
const BODY_BYTES = { least: 1_000, most: 1_050 };

/** What the receiver saw of a run. */
export interface Observed {
  bodyBytes: number;
  /** The share of one core that it used: near 1, the receiver would be what is measured. */
  receiverShare: number;
}

/** Runs a load and tells what came of it, which must have been signed bodies of 1 kB. */
export async function observed<Result>(
  receiver: Child<ReceiverCalls>,
  run: () => Promise<Result>,
): Promise<{ result: Result } & Observed> {
  const look = async () => ({
    at: now(),
    ...(await receiver.call('counts')),
    ...(await receiver.call('usage')),
  });
  const before = await look();
  const result = await run();
  const after = await look();
  const requests = after.requests - before.requests;
  const bodyBytes = (after.bytes - before.bytes) / requests;
  if (after.signed - before.signed !== requests) throw new Error('Not every request was signed.');
  if (bodyBytes < BODY_BYTES.least || bodyBytes > BODY_BYTES.most) {
    throw new Error(`Bodies had ${bodyBytes.toFixed(0)} bytes on average.`);
  }
  return { result, bodyBytes, receiverShare: (after.cpuMs - before.cpuMs) / (after.at - before.at) };
}
