import { SecretNotReadableError } from '../signing/secret-box.js';
import { VerificationKeyError } from '../signing/verification.js';
import {
  DeliveryNotFoundError,
  InvalidInputError,
  StateConflictError,
  WebhookNotFoundError,
  WebhooksConfigurationError,
} from '../webhooks.errors.js';
import type { ExitCode } from './answer.js';
import { CliError, EXIT } from './answer.js';

/** Of the connection, as Node names it; what begins so, as PostgreSQL does (SQLSTATE 08, 28, 3D, 53, 57). */
const UNREACHABLE = /^(E[A-Z]{3,}(_[A-Z]+)?|(08|28|3D|53|57)[0-9A-Z]{3})$/;
const NO_TABLE = '42P01';
const NOT_PERMITTED = '42501';

/** Any error as one of ours: with a code, an exit code and a remedy. */
export function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof InvalidInputError) return fault(error.code, EXIT.usage, error.message, error);
  if (error instanceof VerificationKeyError) return fault(error.code, EXIT.usage, error.message, error);
  if (
    error instanceof WebhookNotFoundError ||
    error instanceof DeliveryNotFoundError ||
    error instanceof StateConflictError ||
    error instanceof SecretNotReadableError
  )
    return fault(error.code, EXIT.refused, error.message, error);
  if (error instanceof WebhooksConfigurationError)
    return error.code === 'TABLES_MISSING'
      ? tablesMissing(error)
      : fault(error.code, EXIT.refused, error.message, error);
  return (
    ofDatabase(error) ?? fault('UNEXPECTED', EXIT.broken, `This should not happen: ${String(error)}`, error)
  );
}

export function tablesMissing(cause?: unknown): CliError {
  const message =
    "The database has not got the module's tables where the connection looks for them. Run `migrate`, or name the schema " +
    'that they are in with --schema.';
  return fault('TABLES_MISSING', EXIT.refused, message, cause);
}

function ofDatabase(error: unknown): CliError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'DriverPackageNotInstalledError') {
    const message = `${error.message} Run the command where your application is installed.`;
    return fault('DRIVER_MISSING', EXIT.unreachable, message, error);
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === NO_TABLE) return tablesMissing(error);
  if (code === NOT_PERMITTED) {
    const message = `The database does not permit it: ${error.message}. Use a role that owns the module's tables.`;
    return fault('NOT_PERMITTED', EXIT.refused, message, error);
  }
  const answered = error.message === '' ? code : error.message;
  if (UNREACHABLE.test(code) || /timeout|terminated/i.test(error.message)) {
    const message = `The database cannot be reached: ${answered}. Check DATABASE_URL or --database, and that it runs.`;
    return fault('DATABASE_UNREACHABLE', EXIT.unreachable, message, error);
  }
  return undefined;
}

function fault(code: string, exitCode: ExitCode, message: string, cause: unknown): CliError {
  return new CliError(code, exitCode, message, { cause });
}
