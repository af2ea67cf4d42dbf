import { Command } from 'commander';

import type { Answering } from '../answer.js';
import type { DatabaseSettings } from '../database-settings.js';
import { takesDatabase } from '../database-settings.js';

export interface MigrationSettings extends DatabaseSettings {
  down?: true;
  to?: string;
}

export interface MigrateSettings extends MigrationSettings {
  dryRun?: true;
  yes?: true;
  json?: true;
}

export function takesDirection(command: Command): Command {
  return command
    .option('--down', 'undo instead: the last one that was applied, or all those after --to')
    .option('--to <migration>', 'the last one to be applied then: its name, its timestamp, or 0 for none');
}

export function migrateCommand(answer: Answering): Command {
  return takesDirection(takesDatabase(new Command('migrate')))
    .description("Runs the module's own migrations that are pending; your application's are left alone.")
    .option('--dry-run', 'name what would run, without running it')
    .option('--yes', 'with --down: yes, the data in what is undone may go')
    .action(async (settings: MigrateSettings) => {
      const { migrate } = await import('./migrate.js');
      answer(await migrate(settings));
    });
}
