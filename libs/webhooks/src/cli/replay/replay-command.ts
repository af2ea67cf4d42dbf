import { Command } from 'commander';

import type { DeliveryStatus } from '../../deliveries/webhook-delivery.entity.js';
import type { Answering } from '../answer.js';
import { usageError } from '../answer.js';
import type { DatabaseSettings } from '../database-settings.js';
import { takesDatabase } from '../database-settings.js';
import { readTime } from '../words.js';

export interface ReplaySettings extends DatabaseSettings {
  dryRun?: true;
  json?: true;
}

interface SinceSettings extends ReplaySettings {
  since: Date;
}

interface RangeSettings extends ReplaySettings {
  from: Date;
  until?: Date;
  webhook?: string;
  contract?: string;
  status: DeliveryStatus[];
}

/** What a recovery sends again, too. */
const UNSUCCESSFUL = ['exhausted', 'held', 'cancelled'] as const satisfies DeliveryStatus[];

const TIME = 'as ISO 8601 with its zone (2026-11-22T09:00:00Z), or how long ago (90m, 36h, 2d)';

export function replayCommand(answer: Answering): Command {
  const replay = new Command('replay').description(
    "Sends again what did not arrive, by the rules of the REST resources; your platform's workers do the sending.",
  );
  replay.addCommand(
    takesReplay(new Command('delivery'))
      .description('One delivery, whatever became of it.')
      .argument('<id>', 'its id')
      .action(async (id: string, settings: ReplaySettings) =>
        answer(await (await replays()).replayDelivery(id, settings)),
      ),
  );
  replay.addCommand(
    takesReplay(new Command('webhook'))
      .description(
        'All that an active webhook missed since a time, events that passed it by while it was off included.',
      )
      .argument('<id>', 'its id')
      .requiredOption('--since <time>', TIME, time('--since'))
      .action(async (id: string, settings: SinceSettings) =>
        answer(await (await replays()).replayWebhook(id, settings)),
      ),
  );
  replay.addCommand(
    takesReplay(new Command('failed'))
      .description('Deliveries that were made in a range of time and failed, of all active webhooks.')
      .requiredOption('--from <time>', TIME, time('--from'))
      .option('--until <time>', 'likewise; now, when it is left out', time('--until'))
      .option('--webhook <id>', 'only those of one webhook')
      .option('--contract <id>', 'only those of one contract')
      .option('--status <list>', 'only those that are so, apart by commas', statuses, [...UNSUCCESSFUL])
      .action(async ({ from, until = new Date(), webhook, contract, status, ...settings }: RangeSettings) => {
        if (from >= until) throw usageError('--from is not before --until; the range of time is empty.');
        const wanted = { from, until, statuses: status, webhookId: webhook, contractId: contract };
        answer(await (await replays()).replayFailed(wanted, settings));
      }),
  );
  return replay;
}

/** Loads the whole module, which the other commands can do without. */
const replays = () => import('./replay.js');

function takesReplay(command: Command): Command {
  return takesDatabase(command).option('--dry-run', 'say how many would be sent, without sending');
}

function time(option: string): (text: string) => Date {
  return (text) => {
    const found = readTime(text, Date.now());
    if (found) return found;
    throw usageError(`${option} is '${text}', which is no time; write it ${TIME}.`);
  };
}

function statuses(text: string): DeliveryStatus[] {
  const names = text.split(',').map((name) => name.trim());
  const known: readonly string[] = UNSUCCESSFUL;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names as DeliveryStatus[];
  throw usageError(`--status names '${unknown}'; what can be sent again is ${UNSUCCESSFUL.join(', ')}.`);
}
