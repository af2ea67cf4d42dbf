import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import type { LedgerEntry } from '../verdict/verdict.js';
import type { Behaviour } from './behaviours.js';
import { answerOf, isBehaviour } from './behaviours.js';
import type { Ledger } from './ledger.js';
import { checkOctoModels } from './octo-models.js';
import { BodySchemas } from './body-schemas.js';
import { fieldsOf, readBody } from './read-body.js';
import { readTold } from './read-told.js';
import { signatureCheck } from './signatures.js';
import type { Arrangement, SignatureCheck } from './signatures.js';

/** Where a receiver is: `/<behaviour>/<name>`. Its name is the partner's own. */
interface Place {
  webhookId: string;
  profile: string;
  format: string;
  isGenuine: SignatureCheck;
  verifiedRequests: number;
  latest: LedgerEntry[];
}

export interface ReceiverCounts {
  acknowledged: number;
  refused: number;
}

const LATEST_KEPT = 20;
const FAULT_LENGTH = 300;

/**
 * The partners' side: it knows only what a partner knows, the answer to creating a webhook (`POST /secrets/<name>`), and
 * checks signatures and bodies with other people's code. `GET /ledger/<name>` shows the last requests.
 */
export class Receiver {
  readonly counts: ReceiverCounts = { acknowledged: 0, refused: 0 };
  private readonly places = new Map<string, Place>();

  private readonly schemas = new BodySchemas();

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
    const body = await buffer(request);
    if (request.method === 'GET' && room === 'ledger') {
      send(response, 200, this.places.get(name)?.latest ?? []);
    } else if (request.method === 'POST' && room === 'secrets') {
      this.learn(name, body.toString('utf8'), response);
    } else if (request.method === 'POST' && room === 'schemas') {
      this.schemas.learn(JSON.parse(body.toString('utf8')) as Record<string, object>);
      send(response, 200, { message: 'Bodies in JSON can be held to their schemas now.' });
    } else if (request.method === 'POST' && isBehaviour(room)) {
      this.receive(room, name, request.headers, body, response);
    } else {
      send(response, 404, {
        message: 'Use POST /<behaviour>/<name>, POST /secrets/<name>, POST /schemas or GET /ledger/<name>.',
      });
    }
  }

  private learn(name: string, body: string, response: ServerResponse): void {
    const arrangement = parsed(body);
    const { id, profile = 'standard', format = 'json' } = arrangement;
    try {
      if (typeof id !== 'string') throw new Error('There is no id.');
      const isGenuine = signatureCheck(arrangement);
      this.places.set(name, { webhookId: id, profile, format, isGenuine, verifiedRequests: 0, latest: [] });
      send(response, 200, { message: `Deliveries of webhook ${id} can be verified now.` });
    } catch (error) {
      const message = `Pass on the whole answer to POST /webhooks, with its id and its secret. ${String(error)}`;
      send(response, 400, { message });
    }
  }

  private receive(
    behaviour: Behaviour,
    name: string,
    headers: IncomingHttpHeaders,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const place = this.places.get(name);
    const { told, fault } = examined(place, this.schemas, headers, body);
    if (place && fault === null) place.verifiedRequests += 1;
    const answer = place && fault === null ? answerOf(behaviour, place.verifiedRequests) : 401;
    this.note(place, {
      at: Date.now(),
      webhookId: place?.webhookId ?? null,
      eventId: String(headers['webhook-id']),
      ...told,
      language: headers['content-language'] ?? null,
      bytes: body.length,
      answer: answer === 'hang' ? null : answer,
      verified: fault === null,
      fault,
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

/** What a request says, and why it is not to be trusted, if it is not. */
function examined(
  place: Place | undefined,
  schemas: BodySchemas,
  headers: IncomingHttpHeaders,
  body: Buffer,
): { told: Pick<LedgerEntry, 'event' | 'subject'>; fault: string | null } {
  const told = { event: null, subject: null };
  if (!place) return { told, fault: 'Nobody has told this receiver about a webhook.' };
  try {
    place.isGenuine(headers, body);
    const fields = readBody(place.format, headers['content-type'], body.toString('utf8'));
    if (place.format === 'json') schemas.check(place.profile, fields);
    if (place.profile === 'octo' && place.format === 'json') checkOctoModels(fields);
    return { told: readTold(place.profile, fields), fault: null };
  } catch (error) {
    return { told, fault: String(error).slice(0, FAULT_LENGTH) };
  }
}

/** The types of its members are not checked but for the id's: what is wrong shows in no request being genuine. */
function parsed(body: string): Partial<Arrangement> {
  try {
    return fieldsOf(JSON.parse(body));
  } catch {
    return {};
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : `${JSON.stringify(body, null, 1)}\n`);
}
