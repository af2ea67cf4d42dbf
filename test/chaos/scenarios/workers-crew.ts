import { join } from 'node:path';

import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings, Traffic } from '../platform/platform-settings.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Stage } from '../stage.js';
import type { Listening } from '../verdict.js';

export const DEADLINE_MS = 2_000;
export const OVERLAP_MS = 3_000;
export const MOST_WAIT_MS = 6_000;

export const ORDERED = ['/ordered/0', '/ordered/1'];
const LATE = Array.from({ length: 6 }, (_, index) => `/late/${index}`);
export const REFUSING = '/refusing';
const REFUSED_CHANGE = 'C-3/B-0/2/';
/** Changes behind the refused one. */
export const FOLLOWERS = 4;

const OPTIONS: PlatformSettings['options'] = {
  deadlineMs: DEADLINE_MS,
  sliceMs: 1_000,
  secretOverlapMs: OVERLAP_MS,
  orderingMaxWaitMs: MOST_WAIT_MS,
  // A pause would hold followers back, and what holds them back here is to be the order.
  pauseAfterFailures: 1_000_000,
  retryDelaysMs: Array.from({ length: 200 }, () => 300),
};

export interface Subscribed {
  listening: Listening[];
  /** Of the receivers that take their time. */
  lateIds: Set<string>;
  /** Of the webhook whose secret is rotated. */
  rotated: { id: string; secret: string };
}

/**
 * The workers have two queues between them, as after a move to another Redis: Bull does not keep a lane single here, the
 * lease must.
 */
export function member(
  stage: Stage,
  index: number,
  { tampering, ...settings }: PlatformSettings,
): PlatformSettings {
  return {
    ...settings,
    options: { ...OPTIONS, queue: { name: index % 2 === 0 ? 'webhooks' : 'moved' } },
    tampering: { keepJournal: journalOf(stage, index), ...tampering },
  };
}

export function journalOf(stage: Stage, index: number): string {
  return join(stage.folder, `${index}.journal`);
}

export function traffic(contracts: string[], seconds: number): Traffic {
  const perSecond = 20;
  return {
    contracts,
    bookings: 8,
    parallel: 3,
    perSecond,
    transactions: perSecond * seconds,
    rollbackShare: 0.2,
  };
}

/** Changes of one booking, the second of which is always refused. */
export function refusedTraffic(): Traffic {
  return { contracts: ['C-3'], bookings: 1, parallel: 1, perSecond: 10, transactions: 2 + FOLLOWERS };
}

export async function startFirst(
  stage: Stage,
  receiver: ReceiverProcess,
  business: Traffic,
  settings: PlatformSettings = {},
): Promise<[PlatformProcess, Subscribed]> {
  const platform = await stage.startPlatform(member(stage, 0, { ...settings, traffic: business }));
  const subscribe = (contractId: string, path: string, fields = {}) =>
    platform.subscribe(`${receiver.url}${path}`, { contractId, ...fields });
  const listening = [
    ...ORDERED.map((path) => ({ path, contract: 'C-1' })),
    ...LATE.map((path) => ({ path, contract: 'C-2' })),
    { path: REFUSING, contract: 'C-3' },
  ];
  for (const path of ORDERED) await receiver.behave(path, { kind: 'stumble', share: 0.2, afterMs: 20 });
  for (const path of LATE) await receiver.behave(path, { kind: 'answer', status: 200, afterMs: 800 });
  await receiver.behave(REFUSING, { kind: 'refuse', text: REFUSED_CHANGE });

  const lateIds = new Set<string>();
  let rotated: Subscribed['rotated'] = { id: '', secret: '' };
  for (const { path, contract } of listening) {
    const late = contract === 'C-2';
    const { id, secret } = await subscribe(contract, path, late ? {} : { ordering: 'resource' });
    await receiver.verify(path, [secret]);
    if (late) lateIds.add(id);
    if (path === ORDERED[0]) rotated = { id, secret };
  }
  return [platform, { listening, lateIds, rotated }];
}
