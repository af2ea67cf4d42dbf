import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

import type { LedgerEntry } from '../verdict/verdict.js';
import type { Behaviour } from './behaviours.js';
import { answerOf, isBehaviour } from './behaviours.js';
import type { Ledger } from './ledger.js';

/** Where a receiver is: `/<behaviour>/<name>`. Its name is the partner's own. */
interface Place {
  webhookId: string;
  verifier: Webhook;
  verifiedRequests: number;
  latest: LedgerEntry[];
}

export interface ReceiverCounts {
  acknowledged: number;
  refused: number;
}

const LATEST_KEPT = 20;

/**
 * The partners' side: it knows only what a partner knows, the answer to creating a webhook (`POST /secrets/<name>`), and
 * verifies with the npm package `standardwebhooks`. `GET /ledger/<name>` shows the last requests.
 */
export class Receiver {
  readonly counts: ReceiverCounts = { acknowledged: 0, refused: 0 };
  private readonly places = new Map<string, Place>();

  constructor(private readonly ledger: Ledger) {}

  server(): Server {
    return createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        send(response, 500, { message: String(error) });
      });
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, room = '', name = ''] = (request.url ?? '').split('/');
    const body = await text(request);
    if (request.method === 'GET' && room === 'ledger') {
      send(response, 200, this.places.get(name)?.latest ?? []);
    } else if (request.method === 'POST' && room === 'secrets') {
      this.learn(name, body, response);
    } else if (request.method === 'POST' && isBehaviour(room)) {
      this.receive(room, name, request.headers, body, response);
    } else {
      send(response, 404, {
        message: 'Use POST /<behaviour>/<name>, POST /secrets/<name> or GET /ledger/<name>.',
      });
    }
  }

  private learn(name: string, body: string, response: ServerResponse): void {
    const { id, secret } = parsed(body);
    if (typeof id !== 'string' || typeof secret !== 'string') {
      send(response, 400, {
        message: 'Pass on the whole answer to POST /webhooks, with its id and its secret.',
      });
      return;
    }
    this.places.set(name, { webhookId: id, verifier: new Webhook(secret), verifiedRequests: 0, latest: [] });
    send(response, 200, { message: `Deliveries of webhook ${id} can be verified now.` });
  }

  private receive(
    behaviour: Behaviour,
    name: string,
    headers: IncomingHttpHeaders,
    body: string,
    response: ServerResponse,
  ): void {
    const place = this.places.get(name);
    const verified = place !== undefined && isGenuine(place.verifier, headers, body);
    if (verified) place.verifiedRequests += 1;
    const answer = verified ? answerOf(behaviour, place.verifiedRequests) : 401;
    this.note(place, {
      at: Date.now(),
      webhookId: place?.webhookId ?? null,
      eventId: String(headers['webhook-id']),
      ...contentOf(body),
      answer: answer === 'hang' ? null : answer,
      verified,
    });
    if (answer !== 'hang') send(response, answer);
  }

  private note(place: Place | undefined, entry: LedgerEntry): void {
    this.ledger.write(entry);
    if (entry.answer === 200) this.counts.acknowledged += 1;
    else this.counts.refused += 1;
    place?.latest.push(entry);
    if (place && place.latest.length > LATEST_KEPT) place.latest.shift();
  }
}

function isGenuine(verifier: Webhook, headers: IncomingHttpHeaders, body: string): boolean {
  try {
    verifier.verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** What a body says: the event's type, and the id of what changed. */
function contentOf(body: string): Pick<LedgerEntry, 'type' | 'subject'> {
  const { type, data } = parsed(body);
  const { booking, flight, product } = objectOf(data);
  const { id } = objectOf(booking ?? flight ?? product);
  return { type: typeof type === 'string' ? type : null, subject: typeof id === 'string' ? id : null };
}

function parsed(body: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : `${JSON.stringify(body, null, 1)}\n`);
}
