/** Where in a message the mistake is; line and column count from 1. */
export interface MessagePosition {
  line: number;
  column: number;
}

/** The host gave a message that could never be sent. Thrown at boot. */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';
  readonly code = 'INVALID_MESSAGE';

  constructor(
    readonly locale: string,
    /** Null when the locale itself is at fault. */
    readonly key: string | null,
    readonly position: MessagePosition | null,
    reason: string,
    options?: ErrorOptions,
  ) {
    const subject = key === null ? `locale '${locale}'` : `message '${key}' of locale '${locale}'`;
    const place = position === null ? '' : ` at line ${position.line}, column ${position.column}`;
    super(`The ${subject} is refused${place}: ${reason}.`, options);
  }

  /** From what the parser of ICU messages threw: the kind of mistake, like EXPECT_ARGUMENT_CLOSING_BRACE, and its place. */
  static ofSyntax(locale: string, key: string, text: string, cause: unknown): InvalidMessageError {
    const { message, location } = cause as { message?: string; location?: { start: MessagePosition } };
    const position = location ? { line: location.start.line, column: location.start.column } : null;
    const reason = `${message ?? 'it cannot be read'} in ${JSON.stringify(text)}; write it in ICU MessageFormat`;
    return new InvalidMessageError(locale, key, position, reason, { cause });
  }
}
