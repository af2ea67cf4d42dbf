import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'undici';

import type { RestAnswer } from './answer-rules.js';
import { faultsOf } from './answer-rules.js';
import { CALLER } from './fuzz-host.js';
import type { Caller, RestCase } from './rest-cases.js';
import { CONTRACT } from './rest-targets.js';
import type { RestTargets } from './rest-targets.js';
import type { BatchTrace } from './rest-trace.js';
import { isCreation, note } from './rest-trace.js';

const CALLERS: Record<Caller, string | undefined> = {
  owner: CONTRACT,
  operator: '*',
  foreign: 'C-OTHER',
  nobody: undefined,
};

/** Sends the requests of a batch; those about one target one after the other, so that what is read back is what was written. */
export async function playBatch(batch: RestCase[], client: Pool, targets: RestTargets): Promise<BatchTrace> {
  const trace: BatchTrace = { faults: [], created: new Set(), said: new Map() };
  const lines = new Map<string, RestCase[]>();
  for (const [index, request] of batch.entries()) {
    const key = request.path.includes('{')
      ? `${request.path.split('/')[1]}${request.target}`
      : `free${index % 8}`;
    lines.set(key, [...(lines.get(key) ?? []), request]);
  }
  const ends = await Promise.allSettled(
    [...lines.values()].map(async (line) => {
      for (const request of line) await playCase(request, client, targets, trace);
    }),
  );
  // Only now: what the others still do would be taken for the next batch's.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return trace;
}

async function playCase(
  request: RestCase,
  client: Pool,
  targets: RestTargets,
  trace: BatchTrace,
): Promise<void> {
  const path = targets.fill(request.path, request.target);
  const query = targets.fill(request.query?.text ?? '', request.target);
  const url = query === '' ? path : `${path}?${query}`;
  const answer = await send(client, request, url);
  const faults = faultsOf(request, url, answer);
  if (answer.status < 300 && request.method !== 'GET') {
    note(trace, request, path, answer);
    faults.push(...(await written(request, path, answer, client)));
  }
  trace.faults.push(...faults.map((fault) => `${request.method} ${url.slice(0, 200)}: ${fault}`));
}

/** What was answered and what was sent, against what is read back. */
async function written(
  request: RestCase,
  path: string,
  { text }: RestAnswer,
  client: Pool,
): Promise<string[]> {
  const created = isCreation(path);
  if (!created && request.method !== 'PATCH') return [];
  const resource = created ? `${path}/${(JSON.parse(text) as { id: string }).id}` : path;
  const read = await send(client, { ...request, method: 'GET', body: undefined }, resource);
  if (read.status !== 200) return [`reads back as ${read.status}`];
  const shown = JSON.parse(read.text) as Record<string, unknown>;
  const { secret: _secret, ...said } = JSON.parse(text) as Record<string, unknown>;
  const faults = isDeepStrictEqual(shown, said) ? [] : [`reads back otherwise: ${text} / ${read.text}`];
  return [...faults, ...differences(request.body?.sent ?? {}, shown)];
}

function differences(sent: Record<string, unknown>, shown: Record<string, unknown>): string[] {
  return Object.entries(sent)
    .filter(([name, value]) => name in shown && !isKept(name, value, shown[name]))
    .map(([name, value]) => `${name} was ${JSON.stringify(value)} and is ${JSON.stringify(shown[name])}`);
}

function isKept(name: string, sent: unknown, shown: unknown): boolean {
  const text = typeof sent === 'string' ? sent : '';
  switch (name) {
    case 'signing':
      return (shown as { scheme: unknown }).scheme === sent;
    case 'locale':
      return sent === null ? shown === null : Intl.getCanonicalLocales(text)[0] === shown;
    case 'headers':
      return isDeepStrictEqual(Object.keys(sent ?? {}).sort(), Object.keys(shown as object).sort());
    case 'url':
      return String(shown).includes('***')
        ? new URL(text).host === new URL(String(shown)).host
        : sent === shown;
    case 'filters':
      return isDeepStrictEqual(sameFilter(sent), sameFilter(shown));
    default:
      return isDeepStrictEqual(Array.isArray(sent) ? [...new Set(sent)] : sent, shown);
  }
}

function sameFilter(filter: unknown): [string, unknown[]][] {
  const entries = Object.entries((filter ?? {}) as Record<string, unknown[]>);
  return entries.map(([name, values]): [string, unknown[]] => [name, [...new Set(values)]]).sort();
}

async function send(client: Pool, request: RestCase, path: string): Promise<RestAnswer> {
  const caller = CALLERS[request.caller];
  const { statusCode, headers, body } = await client.request({
    method: request.method,
    path,
    headers: {
      ...request.headers,
      ...(caller === undefined ? {} : { [CALLER]: caller }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: request.body?.text,
  });
  const isStream = String(headers['content-type']).startsWith('text/event-stream');
  return { status: statusCode, text: isStream ? await firstOf(body) : await body.text() };
}

/** A stream of events has no end; what it begins with tells enough, and hanging up is what its readers do. */
async function firstOf(body: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of body) return chunk.toString('utf8');
  return '';
}
