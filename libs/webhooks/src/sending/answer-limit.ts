import type { Socket } from 'node:net';

/** So many times the body that is read may arrive for it: a chunk for each byte makes six of one. */
const FRAMING = 8;
/** For headers, interim answers and blank lines. */
const AROUND_THE_BODY = 64 * 1024;

/** More arrived than any answer needs. */
export class AnswerTooLongError extends Error {
  override readonly name = 'AnswerTooLongError';
  readonly code = 'ANSWER_TOO_LONG';

  constructor(readonly mostBytes: number) {
    super(`More than ${mostBytes} bytes arrived in answer to one request.`);
  }
}

/**
 * Cuts a connection that pours. The HTTP client counts a body and its headers, but not interim answers (1xx), chunk
 * extensions, trailers and blank lines, with which a receiver could keep this process reading until the deadline.
 *
 * @param bodyBytes how much of a body is read
 */
export function limitAnswers(socket: Socket, bodyBytes: number): void {
  const mostBytes = FRAMING * bodyBytes + AROUND_THE_BODY;
  let arrived = 0;
  const write = socket.write.bind(socket) as (...input: unknown[]) => boolean;
  const read = socket.read.bind(socket);
  // A request is written when the answer to the one before is complete: requests are not pipelined.
  socket.write = (...input: unknown[]) => {
    arrived = 0;
    return write(...input);
  };
  socket.read = (size?: number) => {
    const chunk = read(size) as Buffer | null;
    arrived += chunk?.length ?? 0;
    if (arrived > mostBytes && !socket.destroyed) socket.destroy(new AnswerTooLongError(mostBytes));
    return chunk;
  };
}
