import { DataSource, In } from 'typeorm';

import { PublishedChange } from './platform/published-change.entity.js';
import { PublishedChanges } from './platform/published-changes.js';
import type { Stage } from './stage.js';
import type { CommittedChange } from './verdict/verdict.js';

/** What this run has committed, from the platform's own table. */
export function committedChanges({ app, partners }: Stage): Promise<CommittedChange[]> {
  return app.get(DataSource).manager.findBy(PublishedChange, ofRun(partners));
}

/** One line about how far everything is. */
export async function progressLine({ app, partners, receiver }: Stage): Promise<string> {
  const { manager } = app.get(DataSource);
  const committed = await manager.countBy(PublishedChange, ofRun(partners));
  const [{ waiting }] = await manager.query<[{ waiting: number }]>(
    `SELECT (SELECT count(*) FROM webhook_event WHERE fanned_out_at IS NULL)::int
          + (SELECT count(*) FROM webhook_delivery WHERE due_at IS NOT NULL)::int AS waiting`,
  );
  const { acknowledged, refused } = receiver.counts;
  return (
    `published ${app.get(PublishedChanges).published}  committed ${committed}  ` +
    `delivered ${acknowledged}  refused ${refused}  waiting ${waiting}`
  );
}

/** Shows the line every second until the returned function is called; on a terminal in place, in a log now and then. */
export function showProgress(stage: Stage): () => void {
  const { isTTY } = process.stdout;
  const timer = setInterval(
    () => {
      progressLine(stage).then(
        (line) => process.stdout.write(isTTY ? `\r\x1b[2K${line}` : `${line}\n`),
        // The database is closing under it; the last figures come from elsewhere.
        () => clearInterval(timer),
      );
    },
    isTTY ? 500 : 2_000,
  );
  return () => {
    clearInterval(timer);
    if (isTTY) process.stdout.write('\n');
  };
}

function ofRun(partners: Stage['partners']) {
  return { contractId: In(partners.map(({ contractId }) => contractId)) };
}
