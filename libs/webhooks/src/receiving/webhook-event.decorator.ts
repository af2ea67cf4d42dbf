import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';

import { singleHeader } from '../signing/verification.js';
import type { ReceivedRequest } from './received-request.js';
import { ReceiverConfigurationError } from './receiver.errors.js';

/** A webhook as a handler gets it. */
export interface ReceivedEvent<Body = unknown> {
  /** `webhook-id`: the same for every attempt at one event; undefined when the sender gives none. */
  id: string | undefined;
  /**
   * `X-Webhook-Event`, or else the body's `type`. No signature covers the header: what must not be forged is decided by
   * the body.
   */
  type: string | undefined;
  /** As the application's body parser read it. */
  body: Body;
}

/** Weak, so that it lasts as long as the request; no property that a body parser could set. */
const verified = new WeakMap<object, ReceivedEvent>();

/** Makes a request's event available to `@WebhookEvent()`, once it has been verified. */
export function remember(request: ReceivedRequest): void {
  const { headers, body } = request;
  verified.set(request, {
    id: singleHeader(headers, 'webhook-id') ?? undefined,
    type: singleHeader(headers, 'x-webhook-event') ?? typeIn(body),
    body,
  });
}

/** @throws ReceiverConfigurationError when no guard has verified the request */
export function verifiedEvent(request: object): ReceivedEvent {
  const event = verified.get(request);
  if (event) return event;
  throw new ReceiverConfigurationError(
    'NO_WEBHOOK_GUARD',
    'The request has not been verified. Put @UseGuards(WebhookGuard) on the controller or the handler.',
  );
}

/**
 * A handler's parameter: the {@link ReceivedEvent} that {@link WebhookGuard} let in.
 *
 * @publicApi
 */
export const WebhookEvent = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  verifiedEvent(context.switchToHttp().getRequest<object>()),
);

function typeIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'type')) return undefined;
  const { type } = body as { type: unknown };
  return typeof type === 'string' ? type : undefined;
}
