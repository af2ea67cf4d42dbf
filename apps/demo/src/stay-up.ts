import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { showProgress } from './figures.js';
import { settings } from './settings.js';
import type { Stage } from './stage.js';
import { playAll } from './traffic/play.js';

const STORY_INTERVAL_MS = 500;

/** Plays the timetable at a walking pace until `signal` aborts. */
export async function stayUp(stage: Stage, signal: AbortSignal): Promise<void> {
  console.log(introduction(stage));
  const stopProgress = showProgress(stage);
  const pause = () => wait(STORY_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  await playAll(stage.stories, stage.desk, { atOnce: 1, pause, signal });
  if (!signal.aborted) await once(signal, 'abort');
  stopProgress();
}

function introduction({ apiUrl, receiver, partners, subscriptions, ledgerPath }: Stage): string {
  const [partner] = partners;
  return `
${subscriptions.length} webhooks of ${partners.length} partners are subscribed.

  platform           ${apiUrl}
  portal             ${apiUrl}/ (in a browser; choose who you are)
  receivers          ${receiver.url}
  their ledger       ${ledgerPath}
  operator's token   ${settings.operatorToken}
  ${partner?.name}'s token  ${partner?.token}

Create a webhook of your own and hand its secret to a receiver:

  curl -s ${apiUrl}/webhooks -H 'authorization: Bearer ${partner?.token}' \\
    -H 'content-type: application/json' \\
    -d '{"url":"${receiver.url}/ok/mine","eventTypes":["*"]}' |
    curl -s ${receiver.url}/secrets/mine -d @-

See deliveries arrive, their signatures and bodies checked by other people's code:

  curl -s ${receiver.url}/ledger/mine

Ctrl-C stops everything.
`;
}
