import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Agent } from 'undici';

import { AddressPolicy } from './address-policy.js';
import { createGuardedAgent } from './guarded-agent.js';
import type { ResolveAll } from './guarded-agent.js';

let server: Server;
let port: number;
let sockets = 0;
const agents: Agent[] = [];

function agentFor(allowed: string[], resolve?: ResolveAll): Agent {
  const agent = createGuardedAgent({
    addresses: new AddressPolicy(allowed),
    connectTimeoutMs: 1_000,
    maxResponseBytes: 1_000,
    resolve,
  });
  agents.push(agent);
  return agent;
}

const get = async (agent: Agent, host: string) => {
  const { statusCode, body } = await agent.request({
    origin: `http://${host}:${port}`,
    path: '/',
    method: 'GET',
  });
  await body.dump();
  return statusCode;
};

beforeAll(async () => {
  server = createServer((_, response) => response.end()).on('connection', () => (sockets += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  sockets = 0;
});

afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.destroy()));
  server.close();
});

it('judges an address that is given instead of a name', async () => {
  await expect(get(agentFor([]), '127.0.0.1')).rejects.toMatchObject({
    code: 'ADDRESS_REFUSED',
    address: '127.0.0.1',
    refusal: 'is a loopback address',
  });
  await expect(get(agentFor([]), '[::ffff:127.0.0.1]')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  expect(sockets).toBe(0);
  expect(await get(agentFor(['127.0.0.1/32']), '127.0.0.1')).toBe(200);
});

it("judges what the system's resolver answers when no other is given", async () => {
  await expect(get(agentFor([]), 'localhost')).rejects.toMatchObject({
    code: 'ADDRESS_REFUSED',
    hostname: 'localhost',
    refusal: 'is a loopback address',
  });
  expect(sockets).toBe(0);
  expect(await get(agentFor(['127.0.0.0/8', '::1/128']), 'localhost')).toBe(200);
});

it('refuses a name as soon as one of its addresses is refused, whichever would be dialled', async () => {
  const both: ResolveAll = (_hostname, _options, callback) =>
    callback(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
  const agent = agentFor(['127.0.0.0/8'], both);
  await expect(get(agent, 'partner.example')).rejects.toMatchObject({ address: '10.0.0.1' });
  expect(sockets).toBe(0);
});
