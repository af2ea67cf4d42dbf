import { errors } from 'undici';

import type { Failed, FailureReason, Outcome } from '../retrying/outcome.js';
import { parseRetryAfter } from '../retrying/retry-after.js';

import { AnswerTooLongError } from './answer-limit.js';
import { AddressRefusedError } from './guarded-agent.js';
import { DeadlineError } from './undici-adapter.js';
import type { WireAnswer } from './undici-adapter.js';

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;

/**
 * What an answer means; `now` (epoch milliseconds) is when it came. Its texts are our own: an error of a library may
 * quote what a stranger wrote, or an address inside the host's network.
 */
export function outcomeOf(answer: WireAnswer, now: number): Outcome {
  if (answer.error) return interrupted(answer.error, answer.statusCode);
  return answered(answer.statusCode ?? 0, answer.headers['retry-after'], now);
}

function answered(statusCode: number, retryAfter: string | string[] | undefined, now: number): Outcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'succeeded', statusCode };
  const failed: Failed = {
    kind: 'failed',
    reason: 'http_status',
    statusCode,
    detail: statusText(statusCode),
  };
  if (statusCode !== TOO_MANY_REQUESTS && statusCode !== SERVICE_UNAVAILABLE) return failed;
  const retryAfterMs = parseRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now);
  return retryAfterMs === undefined ? failed : { ...failed, retryAfterMs };
}

function statusText(statusCode: number): string {
  if (statusCode >= 300 && statusCode < 400) {
    return `The receiver answered ${statusCode}, a redirect, and redirects are not followed. Use the address it leads to.`;
  }
  return `The receiver answered ${statusCode}.`;
}

function interrupted(error: Error, statusCode: number | undefined): Failed {
  const { reason, detail } = causeOf(error);
  return statusCode === undefined
    ? { kind: 'failed', reason, detail }
    : { kind: 'failed', reason, statusCode, detail };
}

function causeOf(error: Error): { reason: FailureReason; detail: string } {
  if (error instanceof DeadlineError) return { reason: 'timeout', detail: error.message };
  if (error instanceof AddressRefusedError) {
    return {
      reason: 'address_refused',
      detail: `The host resolves to an address that ${error.refusal}; such addresses are not dialled.`,
    };
  }
  if (error instanceof AnswerTooLongError) {
    return {
      reason: 'response_invalid',
      detail: `The receiver sent more than ${error.mostBytes} bytes in answer, most of them around the body.`,
    };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { reason: 'timeout', detail: 'No connection could be made within the deadline.' };
  }
  if (NAME_RESOLUTION.test(code)) {
    return { reason: 'dns', detail: `The host name does not resolve (${code}).` };
  }
  if (TLS.test(code)) {
    return { reason: 'tls', detail: `The certificate or the TLS handshake was refused (${code}).` };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { reason: 'response_invalid', detail: "The response's headers are too large." };
  }
  if (isNotHttp(error, code)) {
    return { reason: 'response_invalid', detail: 'What the receiver sent is not an HTTP/1.1 response.' };
  }
  if (OUR_FAULT.test(code)) {
    return {
      reason: 'unreadable',
      detail: 'The request cannot be written: a header or the URL is not valid HTTP.',
    };
  }
  if (code === 'ECONNREFUSED')
    return { reason: 'connection', detail: 'The receiver refused the connection.' };
  return {
    reason: 'connection',
    detail: `The connection failed or was closed before the response was complete${/^E[A-Z]+$/.test(code) ? ` (${code})` : ''}.`,
  };
}

const NAME_RESOLUTION = /^(ENOTFOUND|ENODATA|EAI_.*)$/;
/** OpenSSL's and Node's names, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS =
  /CERT|CRL|^EPROTO$|^ERR_(TLS|SSL)|^UNABLE_TO_|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;
const OUR_FAULT = /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH)$/;

function isNotHttp(error: Error, code: string): boolean {
  // undici 7 leaves the parser's code undefined; an early end of a chunked body is the connection's failure.
  if (error instanceof errors.HTTPParserError) return !error.message.includes('EOF');
  // 'bad response' and 'bad upgrade': a 100 or a 101 that nobody asked for.
  return code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ');
}
