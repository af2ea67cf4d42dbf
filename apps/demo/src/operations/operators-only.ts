import type { IncomingMessage, ServerResponse } from 'node:http';

import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';

import { sessionIn } from '../platform/session-cookie.js';
import type { SignIn } from '../platform/sign-in.js';

/** Lets in whoever signed in as the operator. A middleware, since the pages behind it are no controllers of Nest's. */
export function operatorsOnly(signIn: SignIn) {
  return ({ headers }: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const session = sessionIn(headers.cookie);
    if (session !== undefined && signIn.scopeOf(session) === ALL_CONTRACTS) return next();
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('This page is for the operator. Sign in as one at / and come back.\n');
  };
}
