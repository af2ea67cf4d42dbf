// Symbol.for, so that a second copy of the package still meets the first.

/** The {@link VerificationOptions} of the importing module. */
export const RECEIVER_VERIFICATION = Symbol.for('nestjs-booking-webhooks.receiver.verification');

/** The {@link ResolvedIdempotencyOptions} of the importing module. */
export const RECEIVER_IDEMPOTENCY = Symbol.for('nestjs-booking-webhooks.receiver.idempotency');

/** The TypeORM repository of {@link ReceivedWebhook} in the data source that was named. */
export const RECEIVER_ROWS = Symbol.for('nestjs-booking-webhooks.receiver.rows');
