// A partner's server that has none of our code: Standard Webhooks' signature with node:crypto. Prints:
//   204 to the platform, 401 to a stranger
import { ALL_CONTRACTS, bookingCreated, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { startPlatform } from './platform.js';

const TOLERANCE_SECONDS = 300;

/** The signed text is id, time and body as they came; during a rotation there is one signature for each secret. */
function isFromPlatform(secret: string, headers: IncomingHttpHeaders, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= TOLERANCE_SECONDS)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest();
  return String(signatures)
    .split(' ')
    .map((each) => Buffer.from(each.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

let secret = '';
const answers: number[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const status = isFromPlatform(secret, request.headers, body) ? 204 : 401;
    answers.push(status);
    response.writeHead(status).end();
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const app = await startPlatform();
const webhook = await app
  .get(WebhookRegistry)
  .create(ALL_CONTRACTS, { contractId: 'partner-1', url, eventTypes: ['booking.*'] });
secret = webhook.secret ?? '';

await app
  .get(WebhooksService)
  .publish(bookingCreated({ contractId: 'partner-1', data: { booking: { id: 'B-1' } } }));
await untilIdle(app);
await fetch(url, {
  method: 'POST',
  headers: {
    'webhook-id': 'any',
    'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`,
    'webhook-signature': 'v1,AAAA',
  },
  body: '{}',
});
console.log(`${answers[0]} to the platform, ${answers[1]} to a stranger`);

await app.close();
server.closeAllConnections();
server.close();
