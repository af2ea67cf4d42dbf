import type { Scenario, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';

/** Transactions roll back in part and as a whole: what is delivered is what was committed. */
export const database: Scenario = {
  name: 'database',
  run: (stage, { quick }) => play(stage, quick ? 5_000 : 100_000, false),
  control: (stage) => play(stage, 500, true),
};

async function play(stage: Stage, transactions: number, publishesOutside: boolean): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const platform = await stage.startPlatform({
    traffic: {
      contracts: ['C-1', 'C-2'],
      bookings: 50,
      parallel: 8,
      perSecond: 0,
      transactions,
      rollbackShare: 1 / 3,
      savepointShare: 0.2,
      publishesOutside,
    },
  });
  const listening = [
    { path: '/1', contract: 'C-1' },
    { path: '/2', contract: 'C-2' },
    { path: '/3', contract: 'C-2' },
  ];
  for (const { path, contract } of listening) {
    await platform.subscribe(`${receiver.url}${path}`, { contractId: contract });
  }
  await platform.traffic();
  await untilNothingIsDue(stage.database);
  const verdict = await verdictOf(stage.database, await receiver.ledger(), listening);
  const { rolledBack = 0 } = platform.lastReport ?? {};
  return { ...verdict, figures: { transactions, rolledBack } };
}
