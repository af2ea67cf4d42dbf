import type { Profiler } from 'node:inspector';

export interface Share {
  name: string;
  /** Milliseconds on the CPU. */
  ms: number;
}

interface Frames {
  node: Profiler.ProfileNode;
  parent: Frames | undefined;
}

const ROOM = /\/libs\/webhooks\/dist\/(?:([^/]+)\/)?[^/]+\.js$/;
const PACKAGE = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const SAME_AS: Record<string, string> = {
  'pg-pool': 'pg',
  'pg-protocol': 'pg',
  'pg-types': 'pg',
  'postgres-array': 'pg',
  '@nestjs/core': 'nest',
  '@nestjs/common': 'nest',
  '@nestjs/bull': 'nest',
  'redis-parser': 'ioredis',
  'standard-as-callback': 'ioredis',
  denque: 'ioredis',
};

/** Time by whose code asked for it: a socket write counts for the package that writes, hashing and garbage for themselves. */
export function byGroup(profile: Profiler.Profile): Share[] {
  const frames = framesOf(profile);
  return sums(profile, (id) => groupOf(frames.get(id)));
}

/** Time in single functions, without what they call. */
export function byFunction(profile: Profiler.Profile): Share[] {
  const frames = framesOf(profile);
  return sums(profile, (id) => {
    const frame = frames.get(id);
    const group = groupOf(frame);
    if (!frame || group === undefined) return undefined;
    const { functionName, url, lineNumber } = frame.node.callFrame;
    const file = url.split('/').at(-1);
    const place = file ? ` (${file}:${lineNumber + 1})` : '';
    return `${group}: ${functionName || 'anonymous'}${place}`;
  });
}

function framesOf({ nodes }: Profiler.Profile): Map<number, Frames> {
  const frames = new Map<number, Frames>(nodes.map((node) => [node.id, { node, parent: undefined }]));
  for (const frame of frames.values()) {
    for (const child of frame.node.children ?? []) {
      const below = frames.get(child);
      if (below) below.parent = frame;
    }
  }
  return frames;
}

function groupOf(frame: Frames | undefined): string | undefined {
  const name = frame?.node.callFrame.functionName;
  if (name === '(idle)' || name === '(root)') return undefined;
  if (name === '(garbage collector)') return 'garbage collection';
  if (name === '(program)') return 'node itself (event loop, system calls)';
  for (let at = frame; at; at = at.parent) {
    const { url } = at.node.callFrame;
    // The profiler's own work.
    if (url.startsWith('node:inspector')) return undefined;
    if (url.startsWith('node:internal/crypto') || url === 'node:crypto') return 'crypto';
    const room = ROOM.exec(url);
    if (room) return `ours/${room[1] ?? 'index'}`;
    const found = PACKAGE.exec(url)?.[1];
    if (found) return SAME_AS[found] ?? found;
  }
  return 'node (sockets, timers, promises)';
}

function sums(profile: Profiler.Profile, nameOf: (nodeId: number) => string | undefined): Share[] {
  const { samples = [], timeDeltas = [] } = profile;
  const names = new Map<number, string | undefined>();
  const totals = new Map<string, number>();
  samples.forEach((id, index) => {
    if (!names.has(id)) names.set(id, nameOf(id));
    const name = names.get(id);
    if (name !== undefined) totals.set(name, (totals.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  });
  return [...totals].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
}
