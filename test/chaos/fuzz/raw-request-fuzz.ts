import fc from 'fast-check';
import { connect } from 'node:net';

import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import type { PartOptions } from './rest-fuzz.js';

const BATCH = 40;
/** A server that waits for the rest of a request is not at fault. */
const PATIENCE_MS = 150;

const odd = fc.constantFrom(
  'Octo-Capabilities: \xff\xfe',
  'Octo-Capabilities: octo/pricing\r\nOcto-Capabilities: \0',
  'X-Contract: \xe2\x82\xac',
  'X-Contract: a\r\nX-Contract: b',
  `X-Contract: ${'x'.repeat(65)}`,
  'Content-Type: application/json; charset=utf-16',
  'Content-Type: application/json; charset=nonsense',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data',
  'Content-Type: text/xml',
  'Content-Encoding: gzip',
  'Content-Encoding: nonsense',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: identity, chunked',
  'Expect: 100-continue',
  'Expect: nonsense',
  'Upgrade: websocket\r\nConnection: upgrade',
  `X-Long: ${'x'.repeat(20_000)}`,
  'X-Folded: a\r\n b',
  'no colon',
  'X-HTTP-Method-Override: DELETE',
  'Accept: \xff',
);
const cases = fc.record({
  method: fc.constantFrom(
    'GET',
    'POST',
    'PATCH',
    'DELETE',
    'HEAD',
    'OPTIONS',
    'PUT',
    'get',
    'CONNECT',
    'NONSENSE',
    '',
  ),
  path: fc.constantFrom(
    '/webhooks',
    '/webhooks/\xff',
    '/webhooks/%',
    '//webhooks',
    '/octo/webhooks',
    '/octo/notifications/subcriptions',
    'http://other.example/webhooks',
    '*',
    '/webhooks?\xe2\x82\xac=\0',
    '/../webhooks',
    '/webhooks/preview',
  ),
  version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
  headers: fc.array(odd, { maxLength: 3 }),
  body: fc.oneof(
    fc.constantFrom(
      '',
      '{}',
      '{"url":"\xff"}',
      '\xef\xbb\xbf{}',
      '5\r\n{}\r\n0\r\n\r\n',
      'a=1&a[b]=2',
      '\x1f\x8b\0',
    ),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
});

/** Requests that no HTTP client writes, on bare sockets: answered below 500, or hung up on. */
export async function fuzzRawRequests(services: FuzzServices, options: PartOptions): Promise<Played> {
  const host = await FuzzHost.start(services, { worker: false });
  try {
    return await playCampaign({ ...options, name: 'raw', cases, batch: BATCH }, async (batch) => {
      const answers = await Promise.all(
        batch.map(({ method, path, version, headers, body }) => {
          const lines = [`${method} ${path} ${version}`, 'Host: a', 'X-Contract: C-RAW', ...headers];
          if (!headers.some((line) => /^(content-length|transfer)/i.test(line)))
            lines.push(`Content-Length: ${body.length}`);
          return answerTo(host.port, Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'));
        }),
      );
      const { rows } = await host.database.rows.query('SELECT id FROM webhook');
      return [
        ...answers.flatMap((answer, index) =>
          /^HTTP\/1\.[01] 5/.test(answer) ? [`${JSON.stringify(batch[index])}: ${answer.slice(0, 100)}`] : [],
        ),
        ...rows.map(() => 'a webhook was stored'),
      ];
    });
  } finally {
    await host.stop();
  }
}

function answerTo(port: number, request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    const patience = setTimeout(finish, PATIENCE_MS);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      // One answer is enough; 100 Continue is none yet.
      if (/^HTTP\/1\.[01] [2-5]/m.test(answer)) finish();
    });
    socket.on('error', finish);
    socket.on('close', () => {
      clearTimeout(patience);
      resolve(answer);
    });
  });
}
