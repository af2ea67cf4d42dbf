import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server as HttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { HttpService } from '@nestjs/axios';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';

import { OPTION_DEFAULTS } from '../webhooks.options.js';
import type { WebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';

import type { ResolveAll } from './guarded-agent.js';
import { bareHttp } from './undici-adapter.js';
import { HttpSender, SENDER_NETWORK } from './http-sender.js';
import { headerList } from './header-list.js';
import type { Exchange, OutboundRequest } from './http-sender.js';

const NOW = Date.UTC(2026, 10, 6, 8, 49, 37);
const BODY = Buffer.from('{"type":"booking.cancelled"}');
/** For what never ends; everything else may take its time on a busy machine. */
const SHORT_DEADLINE_MS = 400;
const short = { deadlineMs: SHORT_DEADLINE_MS };

interface Received {
  request: IncomingMessage;
  body: Buffer;
}

const opened: Server[] = [];
const senders: TestingModule[] = [];

async function listen<T extends Server>(server: T): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

/** A receiver that answers, and what it was sent. */
async function receiver(answer: RequestListener) {
  const received: Received[] = [];
  const server: HttpServer = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks) });
      answer(request, response);
    });
  });
  let sockets = 0;
  server.on('connection', () => (sockets += 1));
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/hook?a=b`, port, received, sockets: () => sockets };
}

/** A receiver that does with the raw connection what it likes, once a whole request has come. */
async function rawReceiver(answer: (socket: Socket) => void) {
  const requests: string[] = [];
  const server = createTcpServer((socket) => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.endsWith(BODY.toString())) return;
      requests.push(text);
      text = '';
      answer(socket);
    });
    server.once('drop-all', () => socket.destroy());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/hook`, port, requests };
}

async function sender(
  options: Partial<WebhooksOptions> = {},
  network: { resolve?: ResolveAll } = {},
): Promise<HttpSender> {
  const module = await Test.createTestingModule({
    providers: [
      { provide: HttpService, useFactory: bareHttp },
      HttpSender,
      {
        provide: WEBHOOKS_OPTIONS,
        useValue: {
          ...OPTION_DEFAULTS,
          allowHttp: true,
          allowedAddresses: ['127.0.0.0/8'],
          deadlineMs: 20_000,
          httpClient,
          ...options,
        },
      },
      { provide: WEBHOOKS_CLOCK, useValue: { now: () => NOW } },
      { provide: SENDER_NETWORK, useValue: network },
    ],
  }).compile();
  senders.push(module);
  return module.get(HttpSender);
}

function signal<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

const to = (
  url: string,
  {
    headers = { 'content-type': 'application/json', 'webhook-id': 'evt_1' },
    body = BODY,
  }: { headers?: Record<string, string>; body?: Buffer } = {},
): OutboundRequest => ({ url, headers: headerList(headers), body });

async function exchangeWith(answer: RequestListener, options?: Partial<WebhooksOptions>): Promise<Exchange> {
  const { url } = await receiver(answer);
  return (await sender(options)).send(to(url));
}

async function exchangeWithRaw(
  answer: (socket: Socket) => void,
  options?: Partial<WebhooksOptions>,
): Promise<Exchange> {
  const { url } = await rawReceiver(answer);
  return (await sender(options)).send(to(url));
}

afterEach(async () => {
  await Promise.all(senders.splice(0).map((module) => module.get(HttpSender).close()));
  for (const server of opened.splice(0)) {
    server.emit('drop-all');
    if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
    server.close();
  }
});

/** Of the sender that a spec makes. */
let httpClient: 'axios' | 'undici';

describe.each(['axios', 'undici'] as const)('over %s', (client) => {
  beforeAll(() => {
    httpClient = client;
  });

  describe('what is sent', () => {
    it.each([
      ['JSON', BODY],
      ['text in UTF-8', Buffer.from('Überbuchung – 予約 🛫')],
      ['every byte there is', Buffer.from([...Array(256).keys()])],
      ['nothing', Buffer.alloc(0)],
      ['a megabyte', Buffer.alloc(1_000_000, 'abc')],
    ])('is the body byte for byte: %s', async (_, body) => {
      const { url, received } = await receiver((_request, response) => response.end());
      const { outcome } = await (await sender()).send(to(url, { body }));
      expect(outcome).toEqual({ kind: 'succeeded', statusCode: 200 });
      expect(received[0]?.body.equals(body)).toBe(true);
      expect(received[0]?.request.headers['content-length']).toBe(String(body.length));
    });

    it('is a POST with the headers that were given and none of a client library', async () => {
      const { url, port, received } = await receiver((_, response) => response.end());
      await (
        await sender()
      ).send(to(url, { headers: { 'X-Key': 'v', constructor: 'c', common: 'd', set: 'e' } }));
      const request = received[0]?.request;
      expect([request?.method, request?.url, request?.httpVersion]).toEqual(['POST', '/hook?a=b', '1.1']);
      expect({ ...request?.headers }).toEqual({
        host: `127.0.0.1:${port}`,
        connection: 'keep-alive',
        'x-key': 'v',
        constructor: 'c',
        common: 'd',
        set: 'e',
        'content-length': String(BODY.length),
      });
    });

    it('carries the URL’s user and password as Basic credentials and nowhere else', async () => {
      const { port, received } = await receiver((_, response) => response.end());
      const url = `http://j%C3%BCrgen:p%3Ass@127.0.0.1:${port}/hook`;
      await (await sender()).send(to(url));
      const { headers, url: path } = received[0]?.request ?? {};
      expect(headers?.authorization).toBe(`Basic ${Buffer.from('jürgen:p:ss').toString('base64')}`);
      expect([path, headers?.host]).toEqual(['/hook', `127.0.0.1:${port}`]);
    });

    it('lets an Authorization header of the webhook win over the URL', async () => {
      const { port, received } = await receiver((_, response) => response.end());
      const url = `http://a:b@127.0.0.1:${port}/`;
      await (await sender()).send(to(url, { headers: { Authorization: 'Bearer own' } }));
      expect(received[0]?.request.rawHeaders.filter((text) => /bearer|basic/i.test(text))).toEqual([
        'Bearer own',
      ]);
    });

    it('ignores a proxy in the environment', async () => {
      const proxy = await receiver((_, response) => response.end('proxied'));
      const { url } = await receiver((_, response) => response.end('direct'));
      const before = { ...process.env };
      Object.assign(process.env, {
        HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
        http_proxy: `http://127.0.0.1:${proxy.port}`,
      });
      try {
        expect((await (await sender()).send(to(url))).responseText).toBe('direct');
      } finally {
        process.env = before;
      }
      expect(proxy.received).toEqual([]);
    });

    // Two: undici leaves a connection alone for one turn of the event loop after each response.
    it('reuses connections for requests that follow each other', async () => {
      const { url, sockets, received } = await receiver((_, response) => response.end('ok'));
      const http = await sender();
      for (let n = 0; n < 20; n += 1) await http.send(to(url));
      expect(received).toHaveLength(20);
      expect(sockets()).toBeLessThanOrEqual(2);
    });

    it('does not wait behind a request that hangs', async () => {
      const { url } = await receiver((request, response) => {
        if (request.headers['webhook-id'] !== 'hangs') response.end('ok');
      });
      const http = await sender(short);
      const hanging = http.send(to(url, { headers: { 'webhook-id': 'hangs' } }));
      expect((await http.send(to(url))).outcome.kind).toBe('succeeded');
      expect((await hanging).outcome).toMatchObject({ reason: 'timeout' });
    });
  });

  describe('an answer', () => {
    it.each([200, 201, 202, 204, 299])('of %i is a success', async (statusCode) => {
      const exchange = await exchangeWith((_, response) => response.writeHead(statusCode).end());
      expect(exchange).toEqual({
        outcome: { kind: 'succeeded', statusCode },
        startedAt: NOW,
        durationMs: expect.any(Number),
        responseText: '',
      });
    });

    it.each([300, 304, 400, 401, 404, 410, 418, 500, 502, 599])('of %i is a failure', async (statusCode) => {
      const { outcome } = await exchangeWith((_, response) => response.writeHead(statusCode).end());
      expect(outcome).toEqual({
        kind: 'failed',
        reason: 'http_status',
        statusCode,
        detail: expect.any(String),
      });
    });

    it.each([301, 302, 303, 307, 308])('of %i is not followed', async (statusCode) => {
      const elsewhere = await receiver((_, response) => response.end());
      const { outcome } = await exchangeWith((_, response) =>
        response.writeHead(statusCode, { location: elsewhere.url }).end(),
      );
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'http_status', statusCode });
      expect(elsewhere.received).toEqual([]);
    });

    it.each([
      [429, '7', 7_000],
      [503, '0', 0],
      [429, 'Fri, 06 Nov 2026 08:50:37 GMT', 60_000],
      [503, 'Friday, 06-Nov-26 08:48:37 GMT', 0],
      [429, 'soon', undefined],
      [500, '7', undefined],
      [301, '7', undefined],
    ])('of %i with Retry-After %p waits %p ms', async (statusCode, retryAfter, retryAfterMs) => {
      const { outcome } = await exchangeWith((_, response) =>
        response.writeHead(statusCode, { 'retry-after': retryAfter }).end(),
      );
      expect(outcome).toEqual({
        kind: 'failed',
        reason: 'http_status',
        statusCode,
        detail: expect.any(String),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    });

    it('keeps the beginning of its body as text', async () => {
      const { responseText } = await exchangeWith((_, response) => response.writeHead(500).end('no\0t: ü'));
      expect(responseText).toBe('not: ü');
    });

    it('that is compressed keeps no text', async () => {
      const exchange = await exchangeWith((_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1_000_000))),
      );
      expect(exchange).toMatchObject({ outcome: { kind: 'succeeded' }, responseText: '' });
    });

    it('without an end is read up to the cap, then the connection is dropped; the status decides', async () => {
      let written = 0;
      const closed = signal<void>();
      const { url } = await receiver((_, response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(1_024))) written += 1_024;
        };
        response.on('drain', more).on('close', () => closed.resolve());
        more();
      });
      const exchange = await (await sender({ maxResponseBytes: 20_000 })).send(to(url));
      await closed.promise;
      expect(exchange.outcome).toEqual({ kind: 'succeeded', statusCode: 200 });
      expect(exchange.responseText).toBe('x'.repeat(16_384));
      expect(written).toBeLessThan(10_000_000);
    });

    it('that is longer than the cap keeps no more than the cap', async () => {
      const { url } = await receiver((_, response) => response.end('x'.repeat(5_000)));
      const { responseText } = await (await sender({ maxResponseBytes: 100 })).send(to(url));
      expect(responseText).toBe('x'.repeat(100));
    });

    it('that drips but ends before the deadline is a success', async () => {
      const { outcome, responseText } = await exchangeWith((_, response) => {
        let left = 5;
        const timer = setInterval(() => {
          left -= 1;
          if (left > 0) return response.write('x');
          clearInterval(timer);
          response.end('.');
        }, 20);
      });
      expect([outcome.kind, responseText]).toEqual(['succeeded', 'xxxx.']);
    });

    it('after informational ones is the final one', async () => {
      const { outcome } = await exchangeWithRaw((socket) =>
        socket.write(
          'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n',
        ),
      );
      expect(outcome).toMatchObject({ reason: 'http_status', statusCode: 410 });
    });
  });

  describe('the deadline', () => {
    const timeout = {
      kind: 'failed',
      reason: 'timeout',
      detail: `No complete response within ${SHORT_DEADLINE_MS} ms.`,
    };

    it('ends a request that is not answered', async () => {
      const { outcome, durationMs } = await exchangeWith(() => undefined, short);
      expect(outcome).toEqual(timeout);
      expect(durationMs).toBeGreaterThanOrEqual(SHORT_DEADLINE_MS - 5);
      expect(durationMs).toBeLessThan(SHORT_DEADLINE_MS * 10);
    });

    it('ends a body that drips, though it is never silent for long', async () => {
      const { url } = await receiver((_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      });
      const { outcome, durationMs, responseText } = await (await sender(short)).send(to(url));
      expect(outcome).toEqual({ ...timeout, statusCode: 200 });
      expect(durationMs).toBeLessThan(SHORT_DEADLINE_MS * 10);
      expect(responseText).toMatch(/^x+$/);
    });

    it('ends headers that drip', async () => {
      const { outcome } = await exchangeWithRaw((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('x: y\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      }, short);
      expect(outcome).toEqual(timeout);
    });

    it('ends a name that does not resolve in time, and nothing is sent when it resolves later', async () => {
      const { port, received, sockets } = await receiver((_, response) => response.end());
      const late = signal<() => void>();
      const resolve: ResolveAll = (_hostname, _options, callback) =>
        late.resolve(() => callback(null, [{ address: '127.0.0.1', family: 4 }]));
      const http = await sender(short, { resolve });
      expect((await http.send(to(`http://partner.example:${port}/`))).outcome).toEqual(timeout);

      (await late.promise)();
      await http.close();
      expect([received.length, sockets()]).toEqual([0, expect.any(Number)]);
    });
  });

  describe('a receiver that breaks the connection', () => {
    it('by refusing it is a connection failure', async () => {
      const { url, port } = await receiver(() => undefined);
      const server = opened.pop();
      await new Promise((done) => server?.close(done));
      const { outcome } = await (await sender()).send(to(url));
      expect(outcome).toEqual({
        kind: 'failed',
        reason: 'connection',
        detail: expect.stringContaining('refused'),
      });
      expect(JSON.stringify(outcome)).not.toContain(String(port));
    });

    it.each([
      ['without a word', ''],
      ['in the headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
      ['after an informational response', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
    ])('%s is a connection failure without a status', async (_, written) => {
      const { outcome } = await exchangeWithRaw((socket) => socket.end(written));
      expect(outcome).toEqual({ kind: 'failed', reason: 'connection', detail: expect.any(String) });
    });

    it.each([
      ['a body of a known length', 'content-length: 1000\r\n\r\npart'],
      [
        'a body of a known length, the last on its connection',
        'connection: close\r\ncontent-length: 1000\r\n\r\npart',
      ],
      ['a chunked body', 'transfer-encoding: chunked\r\n\r\n5\r\npart'],
      [
        'a chunked body, the last on its connection',
        'connection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\npart',
      ],
    ])('by ending %s early is a connection failure with the status', async (_, rest) => {
      const exchange = await exchangeWithRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
      expect(exchange.outcome).toMatchObject({ kind: 'failed', reason: 'connection', statusCode: 200 });
      expect(exchange.responseText).toBe('part');
    });

    it('in the middle of the body is a connection failure with the status', async () => {
      const { outcome } = await exchangeWithRaw((socket) =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\npart', () => socket.resetAndDestroy()),
      );
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'connection', statusCode: 200 });
    });

    it.each([
      ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
      ['an HTTP/2 preface', '\0\0\x12\x04\0\0\0\0\0'],
      ['an invalid header', 'HTTP/1.1 200 OK\r\nbad header\r\n\r\n'],
      ['an invalid length', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n'],
      ['headers without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
      [
        'an upgrade nobody asked for',
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      ],
      ['a 100 nobody waits for', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ])('with %s is an invalid response', async (_, written) => {
      const { outcome } = await exchangeWithRaw((socket) => socket.write(written, 'latin1'));
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'response_invalid' });
    });
  });

  describe('an address that is not to be dialled', () => {
    const resolvesTo =
      (...addresses: string[]): ResolveAll =>
      (_hostname, _options, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );

    it.each([
      ['loopback', ['127.0.0.1']],
      ['mapped', ['::ffff:127.0.0.1']],
      ['metadata', ['169.254.169.254']],
      ['one private address among public ones', ['8.8.8.8', '10.0.0.1']],
      ['something that is no address', ['localhost']],
    ])('is refused when a name resolves to it: %s', async (_, addresses) => {
      const { port, sockets } = await receiver((_request, response) => response.end());
      const http = await sender({ allowedAddresses: [] }, { resolve: resolvesTo(...addresses) });
      const { outcome } = await http.send(to(`http://partner.example:${port}/`));
      expect(outcome).toEqual({ kind: 'failed', reason: 'address_refused', detail: expect.any(String) });
      expect(JSON.stringify(outcome)).not.toContain(String(addresses[0]));
      expect(sockets()).toBe(0);
    });

    it('is refused by the connection that would dial it, though an earlier lookup said otherwise', async () => {
      const { port, received } = await receiver((_, response) =>
        response.writeHead(200, { connection: 'close' }).end(),
      );
      const answers = ['127.0.0.1', '10.0.0.1', '127.0.0.1'];
      const resolve: ResolveAll = (hostname, options, callback) =>
        resolvesTo(answers.shift() ?? '')(hostname, options, callback);
      const http = await sender({ allowedAddresses: ['127.0.0.1/32'] }, { resolve });
      const url = `http://partner.example:${port}/`;
      expect((await http.send(to(url))).outcome).toMatchObject({ kind: 'succeeded' });
      expect((await http.send(to(url))).outcome).toMatchObject({ reason: 'address_refused' });
      expect((await http.send(to(url))).outcome).toMatchObject({ kind: 'succeeded' });
      expect([received.length, answers]).toEqual([2, []]);
    });

    it('is refused when the URL spells it out, for which there is no lookup', async () => {
      const { port, sockets } = await receiver((_, response) => response.end());
      const http = await sender({ allowedAddresses: [] });
      for (const host of ['127.0.0.1', '2130706433', '[::ffff:7f00:1]', 'localhost']) {
        const { outcome } = await http.send(to(`http://alice:s3cr3t@${host}:${port}/`));
        expect(outcome).toMatchObject({ kind: 'failed', reason: 'address_refused' });
        expect(JSON.stringify(outcome)).not.toMatch(/alice|s3cr3t/);
      }
      expect(sockets()).toBe(0);
    });

    it('is refused before a lookup when the URL is not one we dial', async () => {
      const http = await sender({ allowHttp: false });
      for (const url of ['http://partner.example/', 'ftp://partner.example/', 'nonsense', '']) {
        expect((await http.send(to(url))).outcome).toMatchObject({ reason: 'address_refused' });
      }
    });
  });

  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
  ])('a name that does not resolve (%s) is a %s failure', async (code, reason) => {
    const resolve: ResolveAll = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo'), { code }), []);
    const { outcome } = await (await sender({}, { resolve })).send(to('http://nowhere.example/'));
    expect(outcome).toEqual({ kind: 'failed', reason, detail: expect.stringContaining(code) });
  });

  it('a name without any address is a dns failure', async () => {
    const resolve: ResolveAll = (_hostname, _options, callback) => callback(null, []);
    const { outcome } = await (await sender({}, { resolve })).send(to('http://nowhere.example/'));
    expect(outcome).toMatchObject({ reason: 'dns' });
  });

  it.each<[string, Record<string, string>]>([
    ['a line break in a value', { 'x-key': 's3cr3t\r\nx: y' }],
    ['a name that is none', { 'x key': 's3cr3t' }],
    ['text outside Latin-1', { 'x-key': 's3cr3t 予約' }],
    ['a reserved name', { 'transfer-encoding': 's3cr3t' }],
  ])('a request that cannot be written is our own failure and sends nothing: %s', async (_, headers) => {
    const { url, sockets, received } = await receiver((_request, response) => response.end());
    const { outcome } = await (await sender()).send(to(url, { headers }));
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'unreadable' });
    expect(JSON.stringify(outcome)).not.toContain('s3cr3t');
    expect([sockets(), received.length]).toEqual([0, 0]);
  });

  describe('closing', () => {
    it('waits for the request in flight and takes no other', async () => {
      const { url, received } = await receiver((_, response) => {
        setTimeout(() => response.end('late'), 100);
      });
      const http = await sender();
      const inFlight = http.send(to(url));
      const closing = http.close();
      await expect(http.send(to(url))).rejects.toThrow('HttpSender is closed');
      await closing;
      expect((await inFlight).responseText).toBe('late');
      expect(received).toHaveLength(1);
      await http.close();
    });
  });
});
