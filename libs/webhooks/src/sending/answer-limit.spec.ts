import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { OPTION_DEFAULTS } from '../webhooks.options.js';
import { systemClock } from '../webhooks.clock.js';
import { HttpSender } from './http-sender.js';
import { bareHttp } from './undici-adapter.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const BODY = Buffer.from('{}');
const MOST = 8 * 1_000 + 64 * 1_024;

const opened: { server: Server; sender: HttpSender; sockets: Set<Socket> }[] = [];

/** A sender that would wait for a minute, and a receiver that does what it likes once a request has come. */
async function against(answer: (socket: Socket) => void) {
  const options = {
    ...OPTION_DEFAULTS,
    allowHttp: true,
    allowedAddresses: ['127.0.0.1/32'],
    deadlineMs: 60_000,
    maxResponseBytes: 1_000,
  };
  const sender = new HttpSender(bareHttp(), options, systemClock);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    // Headers and body may come one after the other.
    socket.on('data', (chunk: Buffer) => chunk.includes(BODY) && answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({ server, sender, sockets });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { send: () => sender.send({ url, headers: [], body: BODY }), sockets };
}

afterEach(async () => {
  for (const { server, sender, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await sender.close();
  }
});

function pour(head: string, again: string): (socket: Socket) => void {
  const block = Buffer.from(again.repeat(Math.ceil(65_536 / again.length)));
  return (socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.write(head);
    socket.on('drain', more);
    more();
  };
}

it.each([
  ['interim answers', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
  ['a chunk extension', `${OK}transfer-encoding: chunked\r\n\r\n1;x=`, 'y'],
  ['blank lines', '', '\r\n'],
])('%s without an end are cut off long before the deadline', async (_, head, again) => {
  const { send } = await against(pour(head, again));
  const { outcome, durationMs } = await send();
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'response_invalid' });
  expect(outcome).toHaveProperty(
    'detail',
    `The receiver sent more than ${MOST} bytes in answer, most of them around the body.`,
  );
  expect(durationMs).toBeLessThan(30_000);
});

it('a body in a chunk for each byte is read like any other', async () => {
  const chunks = '1\r\nx\r\n'.repeat(999);
  const { send } = await against((socket) =>
    socket.write(`${OK}transfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`),
  );
  expect(await send()).toMatchObject({
    outcome: { kind: 'succeeded', statusCode: 200 },
    responseText: 'x'.repeat(999),
  });
});

it('what one connection answers to many requests is counted for each of them', async () => {
  const { send, sockets } = await against((socket) =>
    socket.write(`${OK}x-padding: ${'p'.repeat(8_000)}\r\ncontent-length: 0\r\n\r\n`),
  );
  for (let request = 0; request < 40; request += 1) {
    expect((await send()).outcome).toEqual({ kind: 'succeeded', statusCode: 200 });
  }
  // Each of them carried more than one answer may have.
  expect(sockets.size).toBeLessThanOrEqual(2);
});
