import { Command } from 'commander';

import type { Answering } from '../answer.js';
import type { DatabaseSettings } from '../database-settings.js';
import { takesDatabase } from '../database-settings.js';

export interface ResealSettings extends DatabaseSettings {
  secretKeysFile?: string;
  dryRun?: true;
  json?: true;
}

export function resealCommand(answer: Answering): Command {
  return takesDatabase(new Command('reseal'))
    .description(
      'Seals stored secrets, headers, URLs and tokens anew in the first of the secretKeys, so that the others can go.',
    )
    .option(
      '--secret-keys-file <file>',
      'the option secretKeys, the new key first, one a line (env: WEBHOOKS_SECRET_KEYS, apart by commas)',
    )
    .option('--dry-run', 'count what would be sealed anew, without doing it')
    .action(async (settings: ResealSettings) => {
      const { resealStored } = await import('./reseal-stored.js');
      answer(await resealStored(settings));
    });
}
