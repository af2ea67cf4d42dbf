import { readFile } from 'node:fs/promises';

import { read } from 'read';

import { CliError, EXIT, usageError } from './answer.js';

/** Where a secret may come from. Never the command line, which every user of the machine can read. */
interface SecretSource {
  /** What it is, for the prompt and the errors. */
  what: string;
  variable: string;
  option: string;
  file: string | undefined;
  /** What stands between several of them. */
  between: RegExp;
}

/** A secret, or several, as an operator may hand them over. */
export async function readSecrets(source: SecretSource): Promise<string[]> {
  const { what, variable, option, file } = source;
  if (file !== undefined) return listed(source, await textOf(option, file));
  const value = process.env[variable];
  if (value !== undefined) return listed(source, value);
  if (process.stdin.isTTY)
    return listed(
      source,
      await read({ prompt: `${what}: `, silent: true, replace: '*', output: process.stderr }),
    );
  const message = `There is no ${what}. Set ${variable}, pass a file with ${option}, or run the command in a terminal to be asked.`;
  throw new CliError('NO_SECRET', EXIT.usage, message);
}

/** The content of a file that an option names. */
export async function bytesOf(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CliError(
      'FILE_NOT_READABLE',
      EXIT.usage,
      `${option} names '${path}', which cannot be read (${reason}). Name a file that can.`,
      { cause },
    );
  }
}

async function textOf(option: string, path: string): Promise<string> {
  return (await bytesOf(option, path)).toString('utf8').replace(/^\uFEFF/, '');
}

function listed({ what, variable, option, between }: SecretSource, text: string): string[] {
  const found = text
    .split(between)
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  if (found.length === 0) throw usageError(`The ${what} in ${variable} or ${option} is empty.`);
  return found;
}
