import { Logger } from '@nestjs/common';

import { parsedUrl } from '../parsed-url.js';
import type { PathWatcher, WatchedAttempt } from './path-watch.js';

/**
 * One line for each attempt, as an object of flat fields: loggers that write JSON take it as it is. No body, header or secret is
 * in it, and of a URL neither the credentials nor the query.
 */
export class AttemptLog implements PathWatcher {
  private readonly logger = new Logger('WebhookAttempt');

  attempted(attempt: WatchedAttempt): void {
    const { outcome } = attempt;
    const failed = outcome.kind === 'failed';
    this.logger[failed ? 'warn' : 'log']({
      message: 'webhook attempt',
      webhook: attempt.webhookId,
      event: attempt.eventId,
      type: attempt.eventType,
      delivery: attempt.deliveryId,
      attempt: attempt.number,
      kind: attempt.kind,
      outcome: failed ? outcome.reason : outcome.kind,
      ...(outcome.statusCode === undefined ? {} : { status: outcome.statusCode }),
      durationMs: attempt.durationMs,
      url: withoutQuery(attempt.url),
      ...(attempt.traceId === undefined ? {} : { traceId: attempt.traceId }),
    });
  }
}

function withoutQuery(url: string): string {
  const { origin, pathname } = parsedUrl(url) ?? { origin: '', pathname: '' };
  return origin + pathname;
}
