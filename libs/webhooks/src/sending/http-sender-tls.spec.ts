import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { HttpSender } from './http-sender.js';
import type { SenderNetwork } from './http-sender.js';
import { bareHttp } from './undici-adapter.js';

// Made for this spec, for partner.example, valid until 2126:
// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 \
//   -subj /CN=partner.example -addext subjectAltName=DNS:partner.example
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpxLNn3jKU2Yg0LBv
TDBL3OwBPSZyzAKjNbH7NzdHjOyhRANCAATpNrADczld1MURQalCEUpK/Tmq20Tb
fatFm29YfOIBEWu8+j60n5uYpM7HM/N89Ps5fyb78UsVapbNaMZKpRlB
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpzCCAU2gAwIBAgIUNTp87OHxpdp36eUHYp8GMlJttbYwCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPcGFydG5lci5leGFtcGxlMCAXDTI2MTEyMjAyMjQxM1oYDzIx
MjYxMDI5MDIyNDEzWjAaMRgwFgYDVQQDDA9wYXJ0bmVyLmV4YW1wbGUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAATpNrADczld1MURQalCEUpK/Tmq20TbfatFm29Y
fOIBEWu8+j60n5uYpM7HM/N89Ps5fyb78UsVapbNaMZKpRlBo28wbTAdBgNVHQ4E
FgQURdCZar2BEt3XPRN4w0z/C3X5YbYwHwYDVR0jBBgwFoAURdCZar2BEt3XPRN4
w0z/C3X5YbYwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgg9wYXJ0bmVyLmV4
YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgMWpyUghe2tm8rqTfmU4x6Yz9x+DxRPzT
q+vnX98S7H8CIQDqvewSP6Sd4gFwaku63nYxJmoTTkOi3fNjmPpnTSJDJw==
-----END CERTIFICATE-----`;

let server: Server;
let port: number;
const hits: string[] = [];
const senders: HttpSender[] = [];

function sender(network: SenderNetwork): HttpSender {
  const options = {
    allowHttp: false,
    allowedAddresses: ['127.0.0.0/8'],
    deadlineMs: 2_000,
    maxResponseBytes: 1_024,
    httpClient: 'axios' as const,
  };
  const resolve: SenderNetwork['resolve'] = (_hostname, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  const made = new HttpSender(bareHttp(), options, { now: Date.now }, { resolve, ...network });
  senders.push(made);
  return made;
}

const post = (http: HttpSender, host: string) =>
  http.send({ url: `https://${host}:${port}/`, headers: [], body: Buffer.from('x') });

beforeAll(async () => {
  server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    hits.push(request.headers.host ?? '');
    response.end('secure');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  hits.length = 0;
});

afterAll(async () => {
  await Promise.all(senders.map((http) => http.close()));
  server.closeAllConnections();
  server.close();
});

it('a certificate that is trusted and names the host is accepted', async () => {
  const { outcome, responseText } = await post(sender({ ca: CERTIFICATE }), 'partner.example');
  expect(outcome).toEqual({ kind: 'succeeded', statusCode: 200 });
  expect([responseText, hits]).toEqual(['secure', [`partner.example:${port}`]]);
});

it.each([
  ['is self-signed', {}, 'partner.example', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['names another host', { ca: CERTIFICATE }, 'other.example', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['names no address', { ca: CERTIFICATE }, '127.0.0.1', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a certificate that %s is refused, and nothing is sent', async (_, network, host, code) => {
  const { outcome } = await post(sender(network), host);
  expect(outcome).toEqual({ kind: 'failed', reason: 'tls', detail: expect.stringContaining(code) });
  expect(hits).toEqual([]);
});
