import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

import { Agent, buildConnector } from 'undici';

import type { AddressPolicy } from './address-policy.js';
import { limitAnswers } from './answer-limit.js';

const MAX_HEADER_BYTES = 16 * 1024;

/** `dns.lookup` with `all: true`. */
export type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface GuardedAgentOptions {
  addresses: AddressPolicy;
  /** How long a connection may take; the deadline of a whole attempt is the sender's. */
  connectTimeoutMs: number;
  /** How much of a response's body is read, see {@link limitAnswers}. */
  maxResponseBytes: number;
  /** @default node's `dns.lookup` */
  resolve?: ResolveAll;
  /** Certificates trusted instead of the system's, PEM. @default the system's */
  ca?: string;
}

/** The connection was refused by {@link AddressPolicy} before a packet was sent. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ADDRESS_REFUSED';

  constructor(
    readonly hostname: string,
    readonly address: string,
    /** A clause about the address, see {@link AddressPolicy.refusal}. */
    readonly refusal: string,
  ) {
    super(`${hostname} is not dialled: ${address} ${refusal}.`);
  }
}

/**
 * Keep-alive pools, one per origin, whose connections judge every address a name resolves to in their own lookup: the
 * address that was checked is the address that is dialled. HTTP/1.1, no proxy from the environment, no redirects.
 *
 * A name is refused when any of its addresses is: which one a connection takes is not ours to choose.
 */
export function createGuardedAgent({
  addresses,
  connectTimeoutMs,
  maxResponseBytes,
  resolve,
  ca,
}: GuardedAgentOptions): Agent {
  const connect = buildConnector({
    allowH2: false,
    timeout: connectTimeoutMs,
    lookup: guardedLookup(addresses, resolve ?? systemLookup),
    // Said aloud because NODE_TLS_REJECT_UNAUTHORIZED=0 would turn it off.
    rejectUnauthorized: true,
    ca,
  });
  return new Agent({
    connect: (options, callback) => {
      // No lookup happens for an IP literal.
      const refusal = isIP(options.hostname) === 0 ? undefined : addresses.refusal(options.hostname);
      if (refusal === undefined) {
        return connect(options, (...connected) => {
          const [, socket] = connected;
          if (socket) limitAnswers(socket, maxResponseBytes);
          callback(...connected);
        });
      }
      process.nextTick(callback, new AddressRefusedError(options.hostname, options.hostname, refusal), null);
    },
    maxHeaderSize: MAX_HEADER_BYTES,
    // Both count the silence between bytes only; the sender's one deadline holds for everything.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function guardedLookup(addresses: AddressPolicy, resolve: ResolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      for (const { address } of found) {
        const refusal = addresses.refusal(address);
        if (refusal !== undefined) return callback(new AddressRefusedError(hostname, address, refusal), []);
      }
      const [first] = found;
      if (!first) return callback(notFound(hostname), []);
      if (options.all) return callback(null, found);
      callback(null, first.address, first.family);
    });
  };
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  });
}
