import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { lastValueFrom, of } from 'rxjs';

import { singleHeader } from '../signing/verification.js';
import type { ReceivedRequest } from './received-request.js';
import {
  IdempotencyKeyError,
  ReceiverConfigurationError,
  WebhookInProgressError,
} from './receiver.errors.js';
import type { ResolvedIdempotencyOptions } from './receiver.options.js';
import { RECEIVER_IDEMPOTENCY } from './receiver.tokens.js';
import type { Claim } from './received-webhooks.js';
import { ReceivedWebhooks } from './received-webhooks.js';
import { verifiedEvent } from './webhook-event.decorator.js';

const KEY_LENGTH = 255;

/**
 * Runs a handler once for each webhook: `@UseInterceptors(IdempotencyInterceptor)` beside `@UseGuards(WebhookGuard)`.
 *
 * - A webhook that has been handled is answered 200, and the handler does not run.
 * - While it is being handled elsewhere a repeat is answered 409, so that the sender tries again: a 200 would be a promise
 *   that the running handler may yet break.
 * - A handler that throws, or whose answer is an error, is run by the next attempt.
 *
 * Rows are kept per handler, told by the names of its controller and method. A handler that writes its answer itself
 * (`@Res()` without `passthrough`) cannot be used with it.
 *
 * @throws IdempotencyKeyError 400 when the request has no key
 * @throws WebhookInProgressError 409
 * @publicApi
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);
  private readonly received: ReceivedWebhooks;
  private readonly options: ResolvedIdempotencyOptions;

  constructor(
    @Optional() @Inject(ReceivedWebhooks) received?: ReceivedWebhooks,
    @Optional() @Inject(RECEIVER_IDEMPOTENCY) options?: ResolvedIdempotencyOptions,
  ) {
    if (!received || !options) {
      throw new ReceiverConfigurationError(
        'NO_IDEMPOTENCY_OPTIONS',
        'IdempotencyInterceptor has no store. Import WebhookReceiverModule.register({ …, idempotency: {} }) in the ' +
          "controller's module.",
      );
    }
    this.received = received;
    this.options = options;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const key = this.keyOf(http.getRequest<ReceivedRequest>());
    const handler = `${context.getClass().name}.${context.getHandler().name}`;
    const claim = await this.received.claim(handler, key, Date.now());
    if (claim === 'running') throw new WebhookInProgressError();
    if (claim === 'handled') {
      http.getResponse<{ status(code: number): unknown }>().status(200);
      return of(undefined);
    }
    return of(await this.run(next, claim));
  }

  /** To its end, even if the caller has gone or another interceptor has timed out: only the end says what to keep. */
  private async run(next: CallHandler, claim: Claim): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.settle('released', this.received.release(claim));
      throw error;
    }
    await this.settle('marked as handled', this.received.succeed(claim));
    return answer;
  }

  /** The handler has decided the answer. An error here would only make the sender repeat what has been done. */
  private async settle(what: string, written: Promise<void>): Promise<void> {
    try {
      await written;
    } catch (error) {
      this.logger.error(
        `A webhook's key could not be ${what}. Repeats get 409 for ${this.options.abandonedAfterMs} ms, then the handler ` +
          `runs: ${String(error)}`,
      );
    }
  }

  private keyOf(request: ReceivedRequest): string {
    const { id } = verifiedEvent(request);
    const business =
      this.options.key === 'x-idempotency-key'
        ? singleHeader(request.headers, 'x-idempotency-key')
        : undefined;
    const key = business === undefined ? id : business;
    if (!key || key.length > KEY_LENGTH) throw new IdempotencyKeyError(this.options.key);
    return key;
  }
}
