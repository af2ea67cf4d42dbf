import { Command, CommanderError } from 'commander';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Answer, ExitCode } from './answer.js';
import { CliError, EXIT, usageError } from './answer.js';
import { replayCommand } from './replay/replay-command.js';
import { resealCommand } from './reseal/reseal-command.js';
import { migrateCommand } from './schema/migrate-command.js';
import { sqlCommand } from './schema/sql-command.js';
import { statusCommand } from './status/status-command.js';
import { verifyCommand } from './verify/verify-command.js';

const EXIT_CODES = `
Exit codes: ${EXIT.ok} done, ${EXIT.no} the answer is no, ${EXIT.usage} wrong command line, ${EXIT.unreachable} no database, ${EXIT.refused} the rows do not allow it, ${EXIT.broken} a fault of ours.`;

/** Carries out a command line and says what came of it. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const json = args.includes('--json');
  let answered: Answer | undefined;
  try {
    await program((answer) => (answered = answer)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    return fail(error, json);
  }
  if (!answered) return EXIT.ok;
  process.stdout.write(`${json ? JSON.stringify(answered.json, null, 2) : answered.text}\n`);
  return answered.exitCode ?? EXIT.ok;
}

function program(answer: (answer: Answer) => void): Command {
  const program = new Command('nestjs-booking-webhooks')
    .description("Looks after a platform's webhooks, from its database alone.")
    .version(version())
    .addHelpText('after', EXIT_CODES);
  for (const command of [
    statusCommand(answer),
    migrateCommand(answer),
    sqlCommand(answer),
    replayCommand(answer),
    verifyCommand(answer),
    resealCommand(answer),
  ])
    program.addCommand(command);
  for (const command of withDescendants(program)) settle(command);
  return program;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

/** No command prints an error or ends the process by itself. */
function settle(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => undefined });
  // Of commands with commands below them the help is the answer to being called without one.
  if (command.commands.length === 0) command.option('--json', 'answer as JSON, for programs');
}

async function fail(error: unknown, json: boolean): Promise<ExitCode> {
  // Asked nothing, it has shown its help.
  if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.usage;
  const { code, exitCode, message } = await known(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  else process.stderr.write(`${message}\n`);
  return exitCode;
}

async function known(error: unknown): Promise<CliError> {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return usageError(error.message.replace(/^error: /, ''));
  const { asCliError } = await import('./faults.js');
  return asCliError(error);
}

/** The package's own, found from the file that was run. */
function version(): string {
  const require = createRequire(realpathSync(process.argv[1] ?? '.'));
  return (require('nestjs-booking-webhooks/package.json') as { version: string }).version;
}
