import type { RequestHeaders } from '../signing/verification.js';
import { ReceiverConfigurationError, UnreadableBodyError } from './receiver.errors.js';

/** What Express's and Fastify's requests have in common. */
export interface ReceivedRequest {
  headers: RequestHeaders;
  url: string;
  originalUrl?: string;
  body?: unknown;
  /** Present when the application was created with `rawBody: true`. */
  rawBody?: Buffer;
}

/**
 * The bytes of the body as they arrived.
 *
 * @throws UnreadableBodyError when no parser read them
 * @throws ReceiverConfigurationError when they were read, and not kept
 */
export function bodyBytes({ headers, body, rawBody }: ReceivedRequest): Buffer {
  if (rawBody) return rawBody;
  if (!announcesBody(headers)) return Buffer.alloc(0);
  if (body === undefined) throw new UnreadableBodyError();
  throw new ReceiverConfigurationError(
    'NO_RAW_BODY',
    'A signature cannot be verified without the bytes of the body. Create the application with ' +
      'NestFactory.create(AppModule, { rawBody: true }), and register parsers with app.useBodyParser.',
  );
}

function announcesBody(headers: RequestHeaders): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}
