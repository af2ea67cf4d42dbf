import { isIP } from 'node:net';

import { parsedUrl } from '../parsed-url.js';
import { AddressPolicy } from './address-policy.js';

const MAX_LENGTH = 2048;

/** Whether a URL may be a webhook's target; the texts never repeat what could be a credential. */
export type UrlVerdict = { ok: true; url: URL } | { ok: false; reason: string; expected: string };

/**
 * Which URLs may be dialled, as far as their text tells. What a host name resolves to is judged when it is dialled, see
 * {@link createGuardedAgent}.
 */
export class UrlPolicy {
  private readonly allowHttp: boolean;
  private readonly addresses: AddressPolicy;
  private readonly opensAddresses: boolean;
  private readonly opensLoopback: boolean;

  /** @throws InvalidRangeError naming a range in `allowedAddresses` that is not one */
  constructor(options: { allowHttp: boolean; allowedAddresses: readonly string[] }) {
    this.allowHttp = options.allowHttp;
    this.addresses = new AddressPolicy(options.allowedAddresses);
    this.opensAddresses = options.allowedAddresses.length > 0;
    this.opensLoopback = ['127.0.0.1', '::1'].some((address) => !this.addresses.refusal(address));
  }

  check(text: string): UrlVerdict {
    if (text.length > MAX_LENGTH) {
      return refused(`is ${text.length} characters long`, `at most ${MAX_LENGTH} characters`);
    }
    // URL drops or encodes them silently, and the URL shown would not be the URL dialled.
    if (/[\s\p{Cc}]/u.test(text)) return refused('contains a space or a control character', ABSOLUTE);
    const url = parsedUrl(text);
    if (!url) return refused('is not an absolute URL', ABSOLUTE);
    if (url.protocol !== 'https:' && !(this.allowHttp && url.protocol === 'http:')) {
      return refused(
        url.protocol === 'http:' ? 'uses http' : 'has another scheme than https',
        this.allowHttp ? 'an https or http URL' : 'an https URL',
      );
    }
    if (text.includes('#')) return refused('has a fragment', 'a URL without #');
    return this.checkHost(url);
  }

  private checkHost(url: URL): UrlVerdict {
    // URL has already turned every spelling of an IPv4 address (decimal, hex, octal, short) into four parts.
    const host = url.hostname.replace(/^\[|\]$|\.+$/g, '');
    if (host === '') return refused('has no host', ABSOLUTE);
    if (isIP(host) !== 0) {
      const refusal = this.addresses.refusal(host);
      return refusal === undefined ? { ok: true, url } : refused(`${host} ${refusal}`, PUBLIC_HOST);
    }
    if (isUnder('localhost', host) && !this.opensLoopback) {
      return refused('localhost is the machine itself', PUBLIC_HOST);
    }
    if ((isUnder('internal', host) || isUnder('local', host)) && !this.opensAddresses) {
      return refused('its host name is one of a private network', PUBLIC_HOST);
    }
    return { ok: true, url };
  }
}

const ABSOLUTE = 'an absolute URL like https://partner.example/webhooks';
const PUBLIC_HOST = 'a host on the public Internet, or one that the option allowedAddresses opens';

function refused(reason: string, expected: string): UrlVerdict {
  return { ok: false, reason, expected };
}

function isUnder(domain: string, host: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
