// A partner's receiver, in a process of its own: notes what it gets, then answers as it was told to.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

import { randomOf, seedOf } from '../random.js';
import type { Behaviour, ReceiverCommand } from './behaviour.js';
import { FINE } from './behaviour.js';
import { Ledger } from './ledger.js';

const seed = Number(process.argv[3]);
const ledger = await Ledger.open(process.argv[2] ?? '');
const behaviours = new Map<string, Behaviour>();
const verifiers = new Map<string, Webhook[]>();
/** One for each path: the n-th request to it meets the same choice each time. */
const choices = new Map<string, () => number>();

const server = createServer((request, response) => void receive(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4_096, () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message: ReceiverCommand) => {
  if (message.command === 'behave') behaviours.set(message.path, message.behaviour);
  else
    verifiers.set(
      message.path,
      message.secrets.map((secret) => new Webhook(secret)),
    );
  process.send?.({ done: true });
});
process.once('disconnect', () => process.exit(0));

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const firstByteAt = Date.now();
  const path = request.url ?? '';
  const body = await bodyOf(request);
  if (body === undefined) return;
  const behaviour = behaviours.get(path) ?? FINE;
  const status = statusOf(behaviour, path, body);
  const id = String(request.headers['webhook-id']);
  const signers = signersOf(path, request, body);
  const verified = signers && signers.length > 0;
  const signedAt = Number(request.headers['webhook-timestamp']) * 1_000;
  await ledger.write({
    at: Date.now(),
    firstByteAt,
    signedAt,
    path,
    id,
    key: keyOf(body),
    status,
    verified,
    signers,
  });
  answer(behaviour, status, response);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The sender was killed while it wrote.
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function statusOf(behaviour: Behaviour, path: string, body: string): number {
  if (behaviour.kind === 'answer') return behaviour.status;
  if (behaviour.kind === 'stumble') return chance(path) < behaviour.share ? 500 : 200;
  if (behaviour.kind === 'refuse') return body.includes(behaviour.text) ? 500 : 200;
  return 0;
}

function chance(path: string): number {
  const random = choices.get(path) ?? randomOf(seedOf(seed, path));
  choices.set(path, random);
  return random();
}

function keyOf(body: string): string {
  return /"changeKey":"([^"]*)"/.exec(body)?.[1] ?? '';
}

function signersOf(path: string, { headers }: IncomingMessage, body: string): number[] | undefined {
  return verifiers.get(path)?.flatMap((verifier, place) => {
    try {
      verifier.verify(body, headers as Record<string, string>);
      return [place];
    } catch {
      return [];
    }
  });
}

function answer(behaviour: Behaviour, status: number, response: ServerResponse): void {
  if (behaviour.kind === 'hang') return;
  if (behaviour.kind === 'cut') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (behaviour.kind === 'drip') {
    response.writeHead(200, { 'content-type': 'text/plain' });
    const dripping = setInterval(() => response.write('.'), behaviour.everyMs);
    response.once('close', () => clearInterval(dripping));
    return;
  }
  const end = () => response.writeHead(status, 'headers' in behaviour ? behaviour.headers : {}).end();
  if ('afterMs' in behaviour && behaviour.afterMs) setTimeout(end, behaviour.afterMs);
  else end();
}
