import fc from 'fast-check';
import { gzipSync } from 'node:zlib';

/** What a receiver does with one connection. */
export interface AnswerScript {
  /** Written one after the other, each as a packet of its own where that can be had. Latin-1, byte for byte. */
  parts: string[];
  /** Waited between parts, milliseconds. */
  pauseMs: number;
  end: 'keep' | 'close' | 'reset' | 'half';
  /** Whether it waits for the request at all. */
  early: boolean;
  /** The status that must be recorded, where the answer is beyond doubt. */
  status?: number;
}

/** Stands in everything that a receiver says: no text of our own may repeat it. */
export const RECEIVER_WORDS = 'RECEIVER-SAYS';

const REASONS = ['OK', '', RECEIVER_WORDS, '\xff\xfe', "<script>alert('x')</script>", 'x'.repeat(5_000)];
const RETRY_AFTER = [
  '0',
  '1',
  '-1',
  '1e309',
  '99999999999999999999',
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday',
  '1.5',
  '',
  '\xff',
  'NaN',
  '0x10',
];
const STATUSES = [
  200, 201, 204, 299, 300, 301, 304, 307, 400, 401, 404, 408, 410, 418, 429, 500, 503, 504, 599,
];

const chosen = (...texts: string[]) => fc.constantFrom(...texts);
const header = fc.oneof(
  chosen(...RETRY_AFTER).map((value) => `Retry-After: ${value}`),
  chosen(
    'Content-Type: text/html; charset=utf-16',
    'Content-Type: \xff',
    'Location: http://169.254.169.254/',
    `Set-Cookie: a=${RECEIVER_WORDS}`,
  ),
  chosen(
    'Content-Encoding: gzip',
    'Content-Encoding: br, gzip',
    'Content-Encoding: \xff',
    'Connection: close',
    'Connection: upgrade',
    'Upgrade: h2c',
    'Keep-Alive: timeout=0',
    'Keep-Alive: timeout=-1',
    'Keep-Alive: timeout=99999999999999999999',
  ),
  chosen(
    'X-Folded: a\r\n  b',
    'X-Empty:',
    ': no name',
    'no colon',
    '__proto__: a',
    'constructor: a',
    'Webhook-Id: forged',
    'X-Nul: a\0b',
    `X-Huge: ${'x'.repeat(20_000)}`,
  ),
  fc
    .nat({ max: 400 })
    .map((count) => Array.from({ length: count + 1 }, (_, index) => `X-${index}: ${index}`).join('\r\n')),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  chosen(
    '',
    '\0'.repeat(40),
    '\xed\xa0\x80',
    '\xf0\x9f',
    `{"error":"${RECEIVER_WORDS}"}`,
    gzipSync('x'.repeat(100_000)).toString('latin1'),
    '\x1f\x8bgarbage',
  ),
  chosen('x'.repeat(16_385), '€'.repeat(6_000), 'x'.repeat(80_000), '\xe2\x82'.repeat(9_000)),
);

const plain = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    reason: chosen(...REASONS),
    headers: fc.array(header, { maxLength: 3 }),
    body,
  })
  .map(({ status, reason, headers, body: text }) => ({
    status,
    head: `HTTP/1.1 ${status} ${reason}`,
    headers,
    text,
  }));

const well = fc
  .record({
    status: fc.constantFrom(...STATUSES.filter((status) => ![204, 304].includes(status))),
    body,
    end: fc.constantFrom('keep' as const, 'close' as const),
  })
  .map(({ status, body: text, end }): AnswerScript => ({
    parts: [`HTTP/1.1 ${status} Any\r\nContent-Length: ${text.length}\r\n\r\n${text}`],
    pauseMs: 0,
    end,
    early: false,
    status,
  }));
const framing = fc.constantFrom(
  (text: string) => [`Content-Length: ${text.length}`, text],
  (text: string) => [`Content-Length: ${text.length + 10}`, text],
  (text: string) => [`Content-Length: ${Math.floor(text.length / 2)}`, text],
  (text: string) => [`Content-Length: ${text.length}\r\nContent-Length: 1`, text],
  (text: string) => [`Content-Length: ${text.length}\r\nTransfer-Encoding: chunked`, text],
  (text: string) => ['Transfer-Encoding: chunked', `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`],
  (text: string) => [
    'Transfer-Encoding: chunked',
    `${text.length.toString(16)};x=${'y'.repeat(50)}\r\n${text}\r\n0\r\nTrailer: ${RECEIVER_WORDS}\r\n\r\n`,
  ],
  (text: string) => ['Transfer-Encoding: chunked', `fffffffffffffffff\r\n${text}`],
  (text: string) => ['Transfer-Encoding: gzip, chunked', `-1\r\n${text}`],
  (text: string) => ['Content-Length: -1', text],
  (text: string) => ['Content-Length: 1e3', text],
  (text: string) => ['Content-Length: 18446744073709551616', text],
  (text: string) => ['X-Unframed: 1', text],
);
const framed = fc.tuple(plain, framing).map(([{ head, headers, text }, frame]) => {
  const [length = '', content = ''] = frame(text);
  return `${[head, ...headers, length].join('\r\n')}\r\n\r\n${content}`;
});
const bytes = fc.oneof(
  { weight: 6, arbitrary: framed },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(100, 102, 103, 101), framed)
      .map(([status, rest]) => `HTTP/1.1 ${status} Soon\r\n\r\n${rest}`),
  },
  { weight: 1, arbitrary: fc.tuple(framed, framed).map((twice) => twice.join('')) },
  {
    weight: 2,
    arbitrary: chosen(
      '',
      'HTTP/1.1',
      'HTTP/1.1 200',
      'HTTP/2 200 OK\r\n\r\n',
      'HTTP/1.0 200 OK\r\n\r\nbody',
      'HTTP/1.1 99 Low\r\n\r\n',
      'HTTP/1.1 600 High\r\n\r\n',
      'HTTP/1.1 1000 X\r\n\r\n',
      'HTTP/1.1 -200 X\r\n\r\n',
      'SSH-2.0-OpenSSH_9\r\n',
      '\x16\x03\x01\x02\x00',
      '\0'.repeat(1_000),
      'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
      'HTTP/1.1 200 OK\n\nbody',
      ' HTTP/1.1 200 OK\r\n\r\n',
      `${RECEIVER_WORDS}\r\n\r\n`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 100 }).map((garbage) => Buffer.from(garbage).toString('latin1')),
  },
);
const odd = fc
  .record({
    text: bytes,
    cuts: fc.array(fc.nat({ max: 400 }), { maxLength: 3 }),
    pauseMs: fc.constantFrom(0, 0, 0, 5, 40),
    end: fc.constantFrom<AnswerScript['end'][]>('close', 'close', 'close', 'reset', 'half', 'keep'),
    early: fc.boolean(),
    stopAt: fc.option(fc.nat({ max: 200 }), { freq: 4 }),
  })
  .map(({ text, cuts, stopAt, ...rest }): AnswerScript => {
    const whole = stopAt === null ? text : text.slice(0, stopAt);
    const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
    return { ...rest, parts: at.slice(1).map((end, index) => whole.slice(at[index], end)) };
  });

/** What servers say, and what nobody should. */
export const answerScripts: fc.Arbitrary<AnswerScript> = fc.oneof(
  { weight: 2, arbitrary: well },
  { weight: 8, arbitrary: odd },
);
