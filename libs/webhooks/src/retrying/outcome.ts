/**
 * Why an attempt failed, as a stable word that is stored and shown.
 *
 * - `http_status`: the receiver answered outside 2xx (redirects included).
 * - `timeout`: connect, headers and body together took longer than the deadline.
 * - `connection`: refused, reset or closed before a full response.
 * - `dns`: the host name did not resolve.
 * - `tls`: the certificate or the handshake was refused.
 * - `address_refused`: the URL, or an address it resolves to, is one the module never dials.
 * - `response_invalid`: what came back is not HTTP, or there is far too much of it around the body.
 * - `unreadable`: our own fault: the request could not be built (a secret that no key opens, a body that does not render).
 */
export type FailureReason =
  | 'http_status'
  | 'timeout'
  | 'connection'
  | 'dns'
  | 'tls'
  | 'address_refused'
  | 'response_invalid'
  | 'unreadable';

/** What a receiver did with one request, as a value. */
export type Outcome = Succeeded | Failed;

export interface Succeeded {
  kind: 'succeeded';
  statusCode: number;
}

export interface Failed {
  kind: 'failed';
  reason: FailureReason;
  /** Set when a response line arrived. */
  statusCode?: number;
  /** From `Retry-After`, milliseconds from the response on. */
  retryAfterMs?: number;
  /** A sentence for the webhook's owner; holds no secret, credential or personal data. */
  detail: string;
}
