import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** One request of a partner. */
export interface Call {
  method: string;
  /** Path and query, sent as it is. */
  path: string;
  contract: string;
  body?: string;
  /** Laid over those that every call has. */
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** By hand: fetch would tidy paths, and refuse methods and bodies that a stranger can send. */
export function call(url: string, { method, path, contract, body, headers: own }: Call): Promise<Answered> {
  const { hostname, port } = new URL(url);
  const headers = {
    'x-contract': contract,
    // Without it OCTO's routes look at nothing else.
    'octo-capabilities': '',
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...own,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const answer = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      // It has no end.
      const isStream = response.headers['content-type']?.startsWith('text/event-stream');
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (!isStream) return;
        answer();
        response.destroy();
      });
      response.on('error', reject);
      response.on('end', answer);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
