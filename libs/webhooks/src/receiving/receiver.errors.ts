import {
  BadRequestException,
  ConflictException,
  UnauthorizedException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';

import type { RefusalReason } from '../signing/verification.js';

/** The receiving application is set up wrongly. The message names the remedy, never a secret. */
export class ReceiverConfigurationError extends Error {
  override readonly name = 'ReceiverConfigurationError';

  constructor(
    readonly code:
      'NO_RAW_BODY' | 'NO_IDEMPOTENCY_OPTIONS' | 'NO_WEBHOOK_GUARD' | 'NO_ENTITY' | 'INVALID_OPTION',
    message: string,
  ) {
    super(message);
  }
}

const REFUSALS: Record<RefusalReason, { code: string; message: string }> = {
  missing_header: {
    code: 'WEBHOOK_SIGNATURE_MISSING',
    message: 'The signature, or the id and timestamp it covers, is missing from the headers.',
  },
  malformed_header: {
    code: 'WEBHOOK_SIGNATURE_MALFORMED',
    message: 'A header of the signature is there twice or is not in the expected form.',
  },
  stale: {
    code: 'WEBHOOK_TIMESTAMP_STALE',
    message: "The timestamp is too far from the receiver's clock. Send the time of the attempt.",
  },
  bad_signature: {
    code: 'WEBHOOK_SIGNATURE_INVALID',
    message: 'No signature fits the body and the secret. Sign the bytes that are sent.',
  },
  missing_credentials: {
    code: 'WEBHOOK_CREDENTIALS_MISSING',
    message: 'The request carries no credentials.',
  },
  bad_credentials: {
    code: 'WEBHOOK_CREDENTIALS_INVALID',
    message: 'The credentials of the request are not the expected ones.',
  },
};

/** 401: the request is not from the sender, or is a replay. */
export class WebhookRefusedError extends UnauthorizedException {
  readonly code: string;

  constructor(readonly reason: RefusalReason) {
    const { code, message } = REFUSALS[reason];
    super({ statusCode: 401, code, message });
    this.code = code;
  }
}

/** 415: the body is of a type that the application has no parser for, so its bytes are not known. */
export class UnreadableBodyError extends UnsupportedMediaTypeException {
  readonly code = 'WEBHOOK_BODY_NOT_READ';

  constructor() {
    const message = 'The body is of a content type that this receiver does not read.';
    super({ statusCode: 415, code: 'WEBHOOK_BODY_NOT_READ', message });
  }
}

/** 400: the request has no key to tell a repeat by. */
export class IdempotencyKeyError extends BadRequestException {
  readonly code = 'IDEMPOTENCY_KEY_MISSING';

  constructor(header: string) {
    const message = `The request has no ${header} header of 1 to 255 characters, so a repeat of it could not be told.`;
    super({ statusCode: 400, code: 'IDEMPOTENCY_KEY_MISSING', message });
  }
}

/** 409: the same webhook is being handled right now and may yet fail. The sender tries again later. */
export class WebhookInProgressError extends ConflictException {
  readonly code = 'WEBHOOK_IN_PROGRESS';

  constructor() {
    const message = 'An earlier request with this key is still being handled. Try again later.';
    super({ statusCode: 409, code: 'WEBHOOK_IN_PROGRESS', message });
  }
}
