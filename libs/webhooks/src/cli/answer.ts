/**
 * The exit codes, which scripts may rely on.
 *
 * - `ok`: done, and all is well.
 * - `no`: done, and the answer is no: the platform is behind, the request does not verify, something was left out.
 * - `usage`: the command line, a file or a value in it is wrong. Nothing was done.
 * - `unreachable`: the database cannot be reached or does not let us in. Nothing was done.
 * - `refused`: the rows do not allow it: no such webhook, not active, no tables.
 * - `broken`: what should not happen.
 */
export const EXIT = { ok: 0, no: 1, usage: 2, unreachable: 3, refused: 4, broken: 70 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command says: once for people, once for programs. */
export interface Answer {
  text: string;
  json: object;
  /** @default EXIT.ok */
  exitCode?: ExitCode;
}

export type Answering = (answer: Answer) => void;

/** A command cannot be carried out. The message names the fault and the remedy, and no secret. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly code: string,
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function usageError(message: string): CliError {
  return new CliError('USAGE', EXIT.usage, message);
}
