// Hostile receivers, in a process of their own, and the canary: addresses of this machine that nobody may dial.
import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import { SELF_SIGNED, TRUSTED } from './certificates.js';
import type { Identity } from './certificates.js';
import type { HostileReport, HostileSettings } from './hostile-process.js';
import { misbehaviours } from './misbehaviours.js';
import type { Misbehaviour } from './misbehaviours.js';

const { canaryPath } = JSON.parse(process.argv[2] ?? '{}') as HostileSettings;
const FINE: Misbehaviour = {
  delivery: 'heard',
  onRequest: (socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'),
};
const requests: Record<string, number> = {};
const sockets = new Set<Socket>();
let bytesOfClosed = 0;

// A machine without IPv6 has no ::1 that could be dialled either.
const canary = await listen(createServer(alarm), '::').catch(() => listen(createServer(alarm), '0.0.0.0'));
const behaviours = misbehaviours(canary);
const ports: Record<string, number> = {};
for (const [name, behaviour] of Object.entries(behaviours)) {
  ports[name] = await listen(createServer((socket) => receive(name, behaviour, socket)));
}
// Its name leads here first, then to the canary beside it on the same port.
ports.rebinding = await listen(createServer((socket) => receive('rebinding', FINE, socket)));
await listen(createServer(alarm), '127.0.0.2', ports.rebinding);
await listen(createServer(alarm), '::1', ports.rebinding).catch(() => undefined);
ports.trusted = await listen(secure('trusted', TRUSTED));
ports.selfSigned = await listen(secure('selfSigned', SELF_SIGNED));

const deliveries = Object.fromEntries(
  Object.entries(behaviours).map(([name, { delivery }]) => [name, delivery]),
);
process.send?.({ ready: { canary, ports, deliveries } });
process.on('message', () => process.send?.({ report: report() }));
process.once('disconnect', () => process.exit(0));

async function listen(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
  server.listen({ host, port, backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function alarm(socket: Socket): void {
  appendFileSync(canaryPath, `${socket.localAddress} ${socket.localPort}\n`);
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
}

function secure(name: string, identity: Identity): Server {
  return createTlsServer(identity, (socket) => receive(name, FINE, socket)).on(
    'tlsClientError',
    () => undefined,
  );
}

function receive(name: string, { onConnect, onRequest }: Misbehaviour, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('close', () => {
    bytesOfClosed += socket.bytesWritten;
    sockets.delete(socket);
  });
  onConnect?.(socket);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const rest = afterRequest(text);
    if (rest === undefined) return;
    text = rest;
    requests[name] = (requests[name] ?? 0) + 1;
    onRequest?.(socket);
  });
}

/** What has come after a whole request; undefined while it is not whole. */
function afterRequest(text: string): string | undefined {
  const headEnd = text.indexOf('\r\n\r\n') + 4;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
  return headEnd > 3 && text.length >= headEnd + length ? text.slice(headEnd + length) : undefined;
}

function report(): HostileReport {
  const open = [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  return { requests, bytes: bytesOfClosed + open };
}
