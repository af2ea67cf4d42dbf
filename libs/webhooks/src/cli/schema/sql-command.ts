import { Command } from 'commander';

import type { Answering } from '../answer.js';
import { takesDatabase } from '../database-settings.js';
import type { MigrationSettings } from './migrate-command.js';
import { takesDirection } from './migrate-command.js';

export function sqlCommand(answer: Answering): Command {
  return takesDirection(takesDatabase(new Command('sql')))
    .description('Prints what `migrate` would run as SQL, without changing anything.')
    .action(async (settings: MigrationSettings) => {
      const { sql } = await import('./sql.js');
      answer(await sql(settings));
    });
}
