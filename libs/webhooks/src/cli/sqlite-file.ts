import { chown, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

import { CliError, EXIT } from './answer.js';

/** What a SQLite database begins with; an empty file is an empty one. */
const MAGIC = Buffer.from('SQLite format 3\0');

/** @throws CliError unless the file can be read, and is a database or empty */
export async function readSqliteFile(file: string): Promise<Buffer> {
  const content = await readFile(file).catch((cause: unknown) => {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const remedy =
      code === 'ENOENT'
        ? 'Check the path. No command makes the file: a new database begins as an empty one (touch).'
        : 'Check the path and the permissions.';
    throw unreachable(`The database ${file} cannot be read (${code}). ${remedy}`, cause);
  });
  if (content.length === 0 || content.subarray(0, MAGIC.length).equals(MAGIC)) return content;
  throw unreachable(
    `The file ${file} is not a SQLite database. Name the file that your application has in its data source; one that is encrypted ` +
      'cannot be opened.',
  );
}

/**
 * sql.js works on a copy in its memory. What another process has written and not put into the file yet would be missing
 * from it, and be lost.
 *
 * @throws CliError
 */
export async function requireSettled(file: string): Promise<void> {
  for (const beside of [`${file}-wal`, `${file}-journal`]) {
    const size = await stat(beside).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0)
      throw unreachable(
        `Beside the database there is ${beside}: it is in use, or its last user was killed. sql.js cannot read that file. End the ` +
          'application, or install better-sqlite3, which shares the database with it.',
      );
  }
}

/**
 * Puts a changed copy in the file's place, whole or not at all, unless somebody else has written to it meanwhile.
 *
 * @throws CliError
 */
export async function replaceSqliteFile(path: string, was: Buffer, content: Buffer): Promise<void> {
  const file = await realpath(path);
  // Of one name, so that it also keeps others from saving between the comparison and the change.
  const fresh = `${file}.new`;
  const { mode, uid, gid } = await stat(file);
  await writeFile(fresh, content, { mode, flag: 'wx', flush: true }).catch((cause: unknown) => {
    throw (cause as NodeJS.ErrnoException).code === 'EEXIST'
      ? changed(file, fresh)
      : notWritable(file, cause);
  });
  try {
    if (!(await readFile(file)).equals(was)) throw changed(file);
    await chown(fresh, uid, gid);
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw cause instanceof CliError ? cause : notWritable(file, cause);
  }
}

function changed(file: string, fresh?: string): CliError {
  const left = fresh === undefined ? '' : ` (if nobody does, remove ${fresh})`;
  const message =
    `Somebody else has written to ${file} meanwhile, or does at this moment${left}, so nothing was saved. End the application that has ` +
    'it open with sql.js, and whoever runs this command as well, then run it again.';
  return new CliError('FILE_CHANGED', EXIT.refused, message);
}

function notWritable(file: string, cause: unknown): CliError {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  const message =
    `The database ${file} cannot be written (${code}), so nothing was saved. Run the command as the user that owns the file, with ` +
    'room beside it for another copy.';
  return new CliError('NOT_PERMITTED', EXIT.refused, message, { cause });
}

function unreachable(message: string, cause?: unknown): CliError {
  return new CliError('DATABASE_UNREACHABLE', EXIT.unreachable, message, { cause });
}
