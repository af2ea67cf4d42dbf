import { HttpException, HttpStatus } from '@nestjs/common';

import { StateConflictError } from '../webhooks.errors.js';

/** OCTO's error object. Beside the two fields, an `INVALID_*` error names the offending id. */
export interface OctoError {
  error: string;
  errorMessage: string;
  [offendingId: string]: string;
}

/** What OCTO's routes show: webhooks, and the subscriptions of its notifications capability. */
export type OctoResourceName = 'webhook' | 'subscription';

/** 404: no such webhook or subscription, or it belongs to another contract; the answer is the same for both. */
export class OctoIdError extends HttpException {
  constructor(
    readonly resource: OctoResourceName,
    readonly id: string,
  ) {
    const message = `There is no ${resource} with the id '${id}'. List yours to see which ids exist.`;
    super(message, HttpStatus.NOT_FOUND);
  }
}

/** An error as OCTO words it, with its HTTP status. Of what is no HTTP error nothing is told. */
export function octoErrorOf(exception: unknown): { status: number; body: OctoError } {
  if (!(exception instanceof HttpException)) {
    return {
      status: HttpStatus.INTERNAL_SERVER_ERROR,
      body: { error: 'INTERNAL_SERVER_ERROR', errorMessage: 'The server failed. Try again later.' },
    };
  }
  const errorMessage = exception.message;
  if (exception instanceof StateConflictError) {
    return { status: 422, body: { error: 'UNPROCESSABLE_ENTITY', errorMessage } };
  }
  if (exception instanceof OctoIdError) {
    const { resource, id } = exception;
    const error = `INVALID_${resource.toUpperCase()}_ID`;
    return { status: exception.getStatus(), body: { error, errorMessage, [`${resource}Id`]: id } };
  }
  const status = exception.getStatus();
  return { status, body: { error: wordOf(status), errorMessage } };
}

function wordOf(status: number): string {
  const word: string | undefined = HttpStatus[status];
  return word ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
}
