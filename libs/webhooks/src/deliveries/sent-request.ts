import { headersOf } from '../sending/header-list.js';
import type { OutboundRequest } from '../sending/http-sender.js';
import { dialled } from '../sending/target-url.js';

const MASK = '***';
const CREDENTIALS = /^(proxy-)?authorization$|cookie/i;

/** A request as it was sent, its credentials masked. */
export interface SentRequest {
  method: 'POST';
  url: string;
  /** All there were, but for `Host`, `Content-Length` and `Connection`. */
  headers: Record<string, string>;
  body: string;
}

/**
 * @param shownUrl the webhook's URL with its credentials masked
 * @param customHeaders the names of the headers that the webhook chose, any of which may be a credential
 */
export function sentRequest(
  { url, headers: list, body }: OutboundRequest,
  shownUrl: string,
  customHeaders: readonly string[],
): SentRequest {
  const headers = headersOf(list);
  const hidden = new Set(customHeaders.map((name) => name.toLowerCase()));
  const isHidden = (name: string) => hidden.has(name.toLowerCase()) || CREDENTIALS.test(name);
  const shown = Object.entries(headers).map(([name, value]) => [name, isHidden(name) ? MASK : value]);
  const isAuthorized = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  // User and password of the URL go out as this header.
  if (!isAuthorized && dialled(url).authorization !== undefined) shown.push(['authorization', MASK]);
  return {
    method: 'POST',
    url: shownUrl,
    headers: Object.fromEntries(shown) as Record<string, string>,
    body: body.toString('utf8'),
  };
}
