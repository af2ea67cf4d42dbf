import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';

/** What a hostile receiver does with a connection once a whole request has come over it. */
export interface Misbehaviour {
  /** What a delivery must come to: its receiver is `heard` (a 2xx is an answer, whatever follows), `unheard`, or either. */
  delivery: 'heard' | 'unheard' | 'either';
  /** Before a request has come. */
  onConnect?: (socket: Socket) => void;
  onRequest?: (socket: Socket) => void;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const ERROR = 'HTTP/1.1 500 Oops\r\ncontent-length: 2\r\n\r\nno';
/** An answer to a request that has not come: whoever believes it thinks that the next request was taken. */
const SMUGGLED = `${OK}content-length: 8\r\n\r\nsmuggled`;
const NOISE = Buffer.alloc(64 * 1024, 'x');
/** 64 MB when unpacked. */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));
/** What undici reads at once ends exactly here: what follows is another read. */
const ONE_READ = 64 * 1024;

const unheard = (onRequest: (socket: Socket) => void): Misbehaviour => ({ delivery: 'unheard', onRequest });
const says = (...parts: (string | Buffer)[]) => {
  const whole = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return (socket: Socket) => void socket.write(whole);
};
const redirects = (status: number, ...fields: string[]) =>
  says(`HTTP/1.1 ${status} Elsewhere\r\n${fields.join('\r\n')}\r\ncontent-length: 0\r\n\r\n`);

/** @param canary the port that nothing may be dialled at */
export function misbehaviours(canary: number): Record<string, Misbehaviour> {
  const [loopback, metadata] = [`http://127.0.0.2:${canary}/`, 'http://169.254.169.254/latest/meta-data/'];
  return {
    ...Object.fromEntries(
      [300, 301, 302, 303, 305, 307, 308].flatMap((status) => [
        [`${status}-loopback`, unheard(redirects(status, `location: ${loopback}`))],
        [`${status}-metadata`, unheard(redirects(status, `location: ${metadata}`))],
      ]),
    ),
    'redirect-in-headers': {
      delivery: 'heard',
      onRequest: redirects(
        201,
        `location: ${loopback}`,
        `refresh: 0; url=${loopback}`,
        `alt-svc: h2="127.0.0.2:${canary}"`,
        `link: <${loopback}>; rel=preload`,
      ),
    },
    'endless-body': { delivery: 'heard', onRequest: (socket) => pour(socket, OK + '\r\n', NOISE) },
    'endless-chunks': {
      delivery: 'heard',
      onRequest: (socket) =>
        pour(
          socket,
          `${OK}transfer-encoding: chunked\r\n\r\n`,
          Buffer.concat([Buffer.from('10000\r\n'), NOISE, Buffer.from('\r\n')]),
        ),
    },
    'gzip-bomb': {
      delivery: 'heard',
      onRequest: says(`${OK}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`, BOMB),
    },
    'nul-and-binary-body': {
      delivery: 'heard',
      onRequest: says(
        `${OK}content-length: 1024\r\n\r\n`,
        Buffer.alloc(1024, Buffer.from([0, 0xff, 0xd8, 0x80])),
      ),
    },
    'log-lines-in-body': {
      delivery: 'heard',
      onRequest: says(`${OK}content-length: 21\r\n\r\n`, 'a\r\n[Nest] ERROR forged'.padEnd(21)),
    },
    'one-huge-header': unheard((socket) => pour(socket, `${OK}x: `, NOISE)),
    'many-headers': unheard((socket) => pour(socket, OK, Buffer.from('x-a: b\r\n'.repeat(8_192)))),
    'huge-status-line': unheard((socket) => pour(socket, 'HTTP/1.1 200 ', NOISE)),
    'endless-trailers': {
      delivery: 'either',
      onRequest: (socket) =>
        pour(socket, `${OK}transfer-encoding: chunked\r\n\r\n0\r\n`, Buffer.from('x-a: b\r\n'.repeat(8_192))),
    },
    'endless-chunk-extension': unheard((socket) =>
      pour(socket, `${OK}transfer-encoding: chunked\r\n\r\n1;x=`, NOISE),
    ),
    'blank-storm': unheard((socket) => pour(socket, '', Buffer.from('\r\n'.repeat(32_768)))),
    'early-hints-storm': unheard((socket) =>
      pour(socket, '', Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1_024))),
    ),
    'continue-flood': unheard((socket) =>
      pour(socket, '', Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_024))),
    ),
    upgrade: unheard(says('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n')),
    'slow-headers': unheard((socket) => drip(socket, OK + `x: ${'y'.repeat(10_000)}`)),
    'slow-body': unheard((socket) => {
      socket.write(`${OK}content-length: 10000\r\n\r\n`);
      drip(socket, 'y'.repeat(10_000));
    }),
    silence: unheard(() => undefined),
    'reset-mid-body': unheard((socket) => {
      socket.write(`${OK}content-length: 1000\r\n\r\npart`, () => socket.resetAndDestroy());
    }),
    'reset-before-answer': unheard((socket) => socket.resetAndDestroy()),
    'reset-on-connect': { delivery: 'unheard', onConnect: (socket) => socket.resetAndDestroy() },
    'end-on-connect': { delivery: 'unheard', onConnect: (socket) => socket.end() },
    'answer-before-request': { delivery: 'either', onConnect: says(SMUGGLED) },
    'error-before-request': { delivery: 'unheard', onConnect: says(ERROR) },
    'garbage-before-answer': unheard(says('\u0000\u0001garbage\r\n\r\n', OK, '\r\n')),
    'http-0.9': unheard(says('<html>welcome</html>')),
    'http-2-preface': unheard(says('\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000')),
    'odd-status': unheard(says('HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n')),
    'negative-length': unheard(says(`${OK}content-length: -1\r\n\r\n`)),
    'two-lengths': unheard(says(`${OK}content-length: 0\r\ncontent-length: 5\r\n\r\n`)),
    'length-and-chunks': {
      delivery: 'either',
      onRequest: says(`${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    },
    'nul-in-header': unheard(says(`${OK}x: a\u0000b\r\ncontent-length: 0\r\n\r\n`)),
    'folded-header': {
      delivery: 'either',
      onRequest: says(`${OK}x: a\r\n content-length: 5\r\ncontent-length: 0\r\n\r\n`),
    },
    'retry-after-forever': unheard(
      says('HTTP/1.1 429 Later\r\nretry-after: 99999999999999999999\r\ncontent-length: 0\r\n\r\n'),
    ),
    'retry-after-odd': unheard(
      says('HTTP/1.1 503 Later\r\nretry-after: -1e309, x\r\nretry-after: ٣\r\ncontent-length: 0\r\n\r\n'),
    ),
    'smuggles-at-once': unheard(says(ERROR, SMUGGLED)),
    'smuggles-many': unheard(says(ERROR, ...Array<string>(100).fill(SMUGGLED))),
    'smuggles-garbage': unheard(says(ERROR, NOISE)),
    'smuggles-after-read': unheard(says(filled(ONE_READ), SMUGGLED)),
    // A request that is on its way just then cannot tell: HTTP/1.1 has no names for answers.
    'smuggles-into-idle': {
      delivery: 'either',
      onRequest: (socket) => {
        socket.write(ERROR);
        setTimeout(() => socket.write(SMUGGLED), 20);
      },
    },
  };
}

/** A failure of exactly so many bytes. */
function filled(bytes: number): string {
  const head = `HTTP/1.1 500 Oops\r\ncontent-length: ${bytes - 60}\r\n`;
  const padding = `x: ${'y'.repeat(60 - head.length - 'x: \r\n\r\n'.length)}\r\n\r\n`;
  return head + padding + 'z'.repeat(bytes - 60);
}

/** As fast as it is taken, without an end. */
function pour(socket: Socket, head: string, again: Buffer): void {
  if (head !== '') socket.write(head);
  const more = () => {
    while (!socket.destroyed && socket.write(again));
  };
  socket.on('drain', more);
  more();
}

/** A byte now and then: never silent for long. */
function drip(socket: Socket, text: string): void {
  let sent = 0;
  const dripping = setInterval(() => socket.write(text[sent++ % text.length] ?? ''), 50);
  socket.once('close', () => clearInterval(dripping));
}
