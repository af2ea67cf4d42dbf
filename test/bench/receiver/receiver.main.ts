import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { now } from '../processes/clock.js';
import { serve } from '../processes/serve.js';
import { usage } from '../processes/usage.js';
import { DEAD_PATH } from './dead-path.js';

const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok');
const HEAD_END = '\r\n\r\n';

let count = 0;
let bytes = 0;
let signed = 0;
let arrivals: [id: string, at: number][] | undefined;
const waiting: { for: number; resolve: () => void }[] = [];

/** As much HTTP/1.1 as senders on loopback need, so that the receiver is not what is measured. */
function receive(socket: Socket): void {
  let unread: Buffer | undefined;
  let firstByteAt = 0;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    if (!unread) firstByteAt = now();
    unread = unread ? Buffer.concat([unread, chunk]) : chunk;
    for (;;) {
      const headEnd = unread.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const head = unread.toString('latin1', 0, headEnd);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const end = headEnd + HEAD_END.length + length;
      if (unread.length < end) return;
      if (!head.startsWith(`POST ${DEAD_PATH} `)) accept(socket, head, length, firstByteAt);
      if (unread.length === end) break;
      unread = unread.subarray(end);
      firstByteAt = now();
    }
    unread = undefined;
  });
}

function accept(socket: Socket, head: string, length: number, firstByteAt: number): void {
  count += 1;
  bytes += length;
  if (head.includes('\r\nwebhook-signature: v1,')) signed += 1;
  arrivals?.push([/\r\nwebhook-id: *(\S+)/i.exec(head)?.[1] ?? '', firstByteAt]);
  socket.write(ANSWER);
  while (waiting[0] && waiting[0].for <= count) waiting.shift()?.resolve();
}

export interface ReceiverCalls {
  /** Opens so many ports: each webhook's receiver is an origin of its own, as receivers are. */
  listen(ports: number): Promise<number[]>;
  /** Requests answered so far, those that were signed, and the bytes of their bodies. */
  counts(): { requests: number; signed: number; bytes: number };
  /** Resolves when so many requests have been answered since the process started. */
  reach(requests: number): Promise<void>;
  /** From now on the time of each request's first byte is kept. */
  keepArrivals(): void;
  /** What was kept, by `webhook-id`. */
  takeArrivals(): [id: string, at: number][];
  usage: typeof usage;
}

const calls: ReceiverCalls = {
  async listen(ports) {
    const servers = Array.from({ length: ports }, () => createServer(receive).listen(0, '127.0.0.1', 1024));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    return servers.map((server) => (server.address() as AddressInfo).port);
  },
  counts: () => ({ requests: count, signed, bytes }),
  reach(requests) {
    if (count >= requests) return Promise.resolve();
    return new Promise((resolve) => {
      waiting.push({ for: requests, resolve });
      waiting.sort((a, b) => a.for - b.for);
    });
  },
  keepArrivals() {
    arrivals = [];
  },
  takeArrivals() {
    const taken = arrivals ?? [];
    arrivals = undefined;
    return taken;
  },
  usage,
};

serve({ ...calls }, () => Promise.resolve());
