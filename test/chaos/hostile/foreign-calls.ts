import { randomUUID } from 'node:crypto';

import type { Owner } from './foreign-rows.js';
import type { Answered, Call } from './partner-calls.js';
import { call } from './partner-calls.js';
import { ROUTE_INPUTS } from './route-inputs.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'];
/** Fields and query parameters that could name something of another contract, whether or not a route knows them. */
const NAMES = [
  'id',
  'ids',
  'search',
  'webhookId',
  'deliveryId',
  'eventId',
  'contractId',
  'contract',
  'cursor',
  'url',
  'after',
];

/** The same request about another's thing and about one that does not exist: nobody may tell the answers apart. */
export interface Pair {
  name: string;
  foreign: Call;
  unknown: Call;
  /** In the path an id is all there is to ask for, so no answer is a success. */
  inPath: boolean;
}

/** Every route that the application answers to, and another contract's ids wherever ids can stand. */
export function foreignCalls(routes: readonly string[], owner: Owner, contract: string): Pair[] {
  const ids = Object.values(owner.ids);
  const paths = [...new Set(routes.map((route) => route.split(' ')[1] ?? ''))];
  const inPath = paths
    .filter((path) => path.includes(':'))
    .flatMap((path) => METHODS.flatMap((method) => ids.map((id) => pairInPath(method, path, id, contract))));
  const inInput = routes
    .filter((route) => !route.includes(':'))
    .flatMap((route) =>
      NAMES.flatMap((name) => [...ids, owner.contract].map((id) => pairInInput(route, name, id, contract))),
    );
  return [...inPath, ...inInput];
}

function pairInPath(method: string, path: string, id: string, contract: string): Pair {
  const { query, body = {} } = ROUTE_INPUTS[`${method} ${path}`] ?? {};
  const make = (value: string): Call => ({
    method,
    contract,
    path: path.replace(/:\w+/g, value) + (query ? `?${query}` : ''),
    ...written(method, body),
  });
  return { name: `${method} ${path}`, foreign: make(id), unknown: make(unknownOf(id)), inPath: true };
}

function pairInInput(route: string, name: string, id: string, contract: string): Pair {
  const [method = '', path = ''] = route.split(' ');
  // A body that names an event by its id names no type.
  const rest = name === 'eventId' ? {} : (ROUTE_INPUTS[route]?.body ?? {});
  const make = (value: string): Call =>
    method === 'GET'
      ? { method, contract, path: `${path}?${name}=${value}` }
      : { method, contract, path, ...written(method, { ...rest, [name]: value }) };
  return { name: `${route} ${name}`, foreign: make(id), unknown: make(unknownOf(id)), inPath: false };
}

function unknownOf(id: string): string {
  return id.length === 36 ? randomUUID() : `${id}${randomUUID()}`.slice(-id.length);
}

function written(method: string, body: object): { body?: string } {
  return method === 'GET' || method === 'HEAD' ? {} : { body: JSON.stringify(body) };
}

/** How the platform gave something of the owner away; empty when it did not. */
export async function givenAway(url: string, pair: Pair, owner: Owner): Promise<string[]> {
  const [about, none] = [await call(url, pair.foreign), await call(url, pair.unknown)];
  const shown = JSON.stringify([about.headers, about.text]);
  const said = pair.foreign.path + (pair.foreign.body ?? '');
  const seen = owner.marks.find((mark) => !said.includes(mark) && shown.includes(mark));
  const wrong = [
    about.status >= 500 && `answered ${about.status}`,
    seen !== undefined && `showed ${seen}`,
    about.status !== none.status && `answered ${about.status}, to an unknown id ${none.status}`,
    pair.inPath && about.status < 400 && pair.foreign.method !== 'OPTIONS' && `answered ${about.status}`,
    pair.inPath && withoutIds(about) !== withoutIds(none) && `said ${withoutIds(about).slice(0, 200)}`,
  ];
  return wrong.filter((text) => text !== false).map((text) => `${pair.name} ${text}`);
}

/** What two answers have in common when they are about two ids. */
function withoutIds({ headers, text }: Answered): string {
  const { date: _, etag: __, ...shown } = headers;
  return JSON.stringify([shown, text]).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
}
