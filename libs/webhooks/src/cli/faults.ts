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

/** Of the connection: what Node names so, and what begins so as PostgreSQL does (SQLSTATE 08, 28, 3D, 53, 57). */
const UNREACHABLE = /^(E[A-Z]{3,}(_[A-Z]+)?|(08|28|3D|53|57)[0-9A-Z]{3})$/;
/** Likewise of MySQL's server and its driver; with the SQLSTATEs, which MySQL has for some of them alone. */
const UNREACHABLE_ON_MYSQL =
  /^(HANDSHAKE_|PROTOCOL_|ER_(ACCESS_DENIED_ERROR|DBACCESS_DENIED_ERROR|BAD_DB_ERROR|CON_COUNT_ERROR|HOST_|USER_LIMIT_REACHED|SERVER_SHUTDOWN|SECURE_TRANSPORT_REQUIRED|ACCOUNT_HAS_BEEN_LOCKED|MUST_CHANGE_PASSWORD|NOT_SUPPORTED_AUTH_MODE))/;
/** SQLite's driver sql.js has no codes, its errors are told by their words. */
const UNREACHABLE_ON_SQLITE =
  /file is not a database|disk image is malformed|unable to open database|database is locked/;

const NO_TABLE = /^(42P01|ER_NO_SUCH_TABLE)$|no such table/;
const NO_COLUMN = /^(42703|ER_BAD_FIELD_ERROR)$|no such column|has no column named/;
const NOT_PERMITTED =
  /^(42501|ER_(TABLE|COLUMN|SPECIFIC_)_?ACCESS_DENIED_ERROR|SQLITE_READONLY.*)$|attempt to write a readonly database/;

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
    "The database has not got the module's tables where the connection looks for them. Run `migrate`, or on PostgreSQL name the " +
    'schema that they are in with --schema.';
  return fault('TABLES_MISSING', EXIT.refused, message, cause);
}

function ofDatabase(error: unknown): CliError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const state = 'sqlState' in error && typeof error.sqlState === 'string' ? error.sqlState : '';
  if (code === 'ERR_DLOPEN_FAILED' || error.message.startsWith('Could not locate the bindings file')) {
    const [reason = ''] = error.message.split('\n');
    const message = `better-sqlite3 is installed and cannot be loaded (${reason}). Build it for this Node: npm rebuild better-sqlite3`;
    return fault('DRIVER_MISSING', EXIT.unreachable, message, error);
  }
  const is = (pattern: RegExp) => pattern.test(code) || (isOfSqlite(error) && pattern.test(error.message));
  if (is(NO_TABLE)) return tablesMissing(error);
  if (is(NO_COLUMN)) {
    const message = `The module's tables are older than this command: ${error.message}. Run \`migrate\`.`;
    return fault('TABLES_OUTDATED', EXIT.refused, message, error);
  }
  if (is(NOT_PERMITTED)) {
    const message = `The database does not permit it: ${error.message}. Use a role that owns the module's tables.`;
    return fault('NOT_PERMITTED', EXIT.refused, message, error);
  }
  const answered = error.message === '' ? code : error.message;
  const ended = !code.startsWith('ER_') && /timeout|terminated/i.test(error.message);
  if (
    ended ||
    /^(08|28)/.test(state) ||
    [UNREACHABLE, UNREACHABLE_ON_MYSQL, UNREACHABLE_ON_SQLITE].some(is)
  ) {
    const message = `The database cannot be reached: ${answered}. Check DATABASE_URL or --database, and that it runs.`;
    return fault('DATABASE_UNREACHABLE', EXIT.unreachable, message, error);
  }
  return undefined;
}

/** By what its drivers make: better-sqlite3's have codes of SQLite's, those of sql.js no code at all. */
function isOfSqlite(error: Error): boolean {
  const { code = 'SQLITE' } = error as NodeJS.ErrnoException;
  return code.startsWith('SQLITE');
}

function fault(code: string, exitCode: ExitCode, message: string, cause: unknown): CliError {
  return new CliError(code, exitCode, message, { cause });
}
