import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';

import type { ReceivedRequest } from './received-request.js';
import { WebhookRefusedError } from './receiver.errors.js';
import type { VerificationOptions } from './receiver.options.js';
import { RECEIVER_VERIFICATION } from './receiver.tokens.js';
import { verifyRequest } from './verify-request.js';
import { remember } from './webhook-event.decorator.js';

/**
 * Lets a request pass that the sender signed: `@UseGuards(WebhookGuard)` in a module that imports
 * {@link WebhookReceiverModule}. Signatures need the application to be created with `rawBody: true`.
 *
 * @throws WebhookRefusedError 401, with a code that says why
 * @throws UnreadableBodyError 415 for a content type without a parser; XML needs one
 * @publicApi
 */
@Injectable()
export class WebhookGuard implements CanActivate {
  constructor(@Inject(RECEIVER_VERIFICATION) private readonly options: VerificationOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<ReceivedRequest>();
    const verification = verifyRequest(this.options, request, Date.now());
    if (!verification.ok) throw new WebhookRefusedError(verification.reason);
    remember(request);
    return true;
  }
}
