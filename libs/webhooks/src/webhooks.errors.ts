import {
  BadRequestException,
  ConflictException,
  GoneException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';

/**
 * Every `code` that an error of the module's REST resources can have, which stays as it is whatever the message says. OCTO's routes
 * answer in OCTO's own words.
 */
export const ANSWER_CODES = [
  'INVALID_INPUT',
  'NO_CONTRACT',
  'WEBHOOK_NOT_FOUND',
  'DELIVERY_NOT_FOUND',
  'EVENT_NOT_FOUND',
  'PORTAL_FILE_NOT_FOUND',
  'WEBHOOK_NOT_ACTIVE',
  'WEBHOOK_GONE',
  'EVENT_GONE',
  'WEBHOOK_LIMIT',
  'NO_PUSH',
  'NO_FEED',
  'CURSOR_EXPIRED',
  'FEED_UNREADABLE',
  'TOO_MANY_STREAMS',
] as const;

/** One of {@link ANSWER_CODES}. */
export type AnswerCode = (typeof ANSWER_CODES)[number];

/** The body of an error's answer. */
export function errorAnswer(statusCode: number, code: AnswerCode, message: string, facts: object = {}) {
  return { statusCode, code, message, ...facts };
}

/** One input that was refused: which field, why, and what would be accepted. Never holds the value of a secret. */
export interface FieldError {
  field: string;
  reason: string;
  expected: string;
}

/**
 * The host configured the module wrongly. Thrown at boot, so that the application does not start.
 * The message names the option, the value it had and the remedy.
 */
export class WebhooksConfigurationError extends Error {
  override readonly name = 'WebhooksConfigurationError';

  constructor(
    readonly code: string,
    /** The option or the resource at fault, as the host wrote it. */
    readonly subject: string,
    message: string,
  ) {
    super(message);
  }
}

/** The host's code broke a rule of `publish`. */
export class PublishError extends Error {
  override readonly name = 'PublishError';

  constructor(
    readonly code: 'UNKNOWN_EVENT_TYPE' | 'INVALID_EVENT' | 'NO_ACTIVE_TRANSACTION',
    message: string,
    readonly errors: FieldError[] = [],
  ) {
    super(message);
  }
}

/** 400: the request's fields were refused; `errors` names each one. */
export class InvalidInputError extends BadRequestException {
  readonly code = 'INVALID_INPUT';

  constructor(readonly errors: FieldError[]) {
    const message = errors.map((error) => `${error.field}: ${error.reason}; ${error.expected}`).join('. ');
    super(errorAnswer(400, 'INVALID_INPUT', message, { errors }));
  }
}

/** 404: no such webhook, or it belongs to another contract; the answer is the same for both. */
export class WebhookNotFoundError extends NotFoundException {
  readonly code = 'WEBHOOK_NOT_FOUND';

  constructor(readonly webhookId: string) {
    super(
      errorAnswer(
        404,
        'WEBHOOK_NOT_FOUND',
        `There is no webhook with the id '${webhookId}'. List yours to see which ids exist.`,
      ),
    );
  }
}

/** 404: no such delivery, or it belongs to another contract; the answer is the same for both. */
export class DeliveryNotFoundError extends NotFoundException {
  readonly code = 'DELIVERY_NOT_FOUND';

  constructor(readonly deliveryId: string) {
    super(
      errorAnswer(
        404,
        'DELIVERY_NOT_FOUND',
        `There is no delivery with the id '${deliveryId}'. List a webhook's deliveries to see which ids exist.`,
      ),
    );
  }
}

/** 404: no such event, or it belongs to another contract; the answer is the same for both. */
export class EventNotFoundError extends NotFoundException {
  readonly code = 'EVENT_NOT_FOUND';

  constructor(readonly eventId: string) {
    super(
      errorAnswer(
        404,
        'EVENT_NOT_FOUND',
        `There is no event with the id '${eventId}'. A webhook's deliveries name the ids of its events.`,
      ),
    );
  }
}

/** 409: the request is well-formed, yet the webhook or the delivery is in a state that does not allow it. */
export class StateConflictError extends ConflictException {
  constructor(
    readonly code: AnswerCode,
    message: string,
  ) {
    super(errorAnswer(409, code, message));
  }
}

/** 410: what followed the cursor of a feed was removed, because it was older than the retention. */
export class FeedCursorExpiredError extends GoneException {
  readonly code = 'CURSOR_EXPIRED';

  constructor(
    /** Goes on behind what is missing. */
    readonly resumeAfter: string,
  ) {
    super(
      errorAnswer(
        410,
        'CURSOR_EXPIRED',
        'Events that follow this cursor were removed, because nobody fetched them for as long as events are kept. Read the ' +
          "state that they told about by other means, then go on with 'resumeAfter' as the cursor.",
        { resumeAfter },
      ),
    );
  }
}

/** 503: a body of a feed cannot be made until the host repairs something. */
export class FeedUnreadableError extends ServiceUnavailableException {
  readonly code = 'FEED_UNREADABLE';

  constructor(reason: string) {
    super(
      errorAnswer(
        503,
        'FEED_UNREADABLE',
        `The next event of this feed cannot be written: ${reason} Nothing is lost: ask again later with the same cursor.`,
      ),
    );
  }
}

/** 503: as many live streams are open as this process, or this contract in it, may have. */
export class TooManyStreamsError extends ServiceUnavailableException {
  readonly code = 'TOO_MANY_STREAMS';

  constructor() {
    super(
      errorAnswer(
        503,
        'TOO_MANY_STREAMS',
        'Too many live streams are open. Close one, or ask again later; the list of deliveries answers meanwhile.',
      ),
    );
  }
}
