import { join } from 'node:path';

import { bigBodies } from '../hostile/big-bodies.js';
import { condensed } from '../hostile/condensed.js';
import { foreignCalls, givenAway } from '../hostile/foreign-calls.js';
import { fingerprint, settle } from '../hostile/foreign-rows.js';
import { linesOf } from '../hostile/hostile-process.js';
import { injected, injections } from '../hostile/injections.js';
import { manyWebhooks, walkList } from '../hostile/many-webhooks.js';
import { unreached } from '../hostile/own-calls.js';
import { NOTHING_SEEN } from '../scenario.js';
import type { Scenario } from '../scenario.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';

const OWNER = 'C-owner-7f3a';
const STRANGER = 'C-stranger';
const AT_ONCE = 8;
const MOST_GROWTH_MB = 200;
/** What may be kept of a contract's webhooks and of what was sent to them, after the garbage is collected. */
const MOST_KEPT_OF_WEBHOOKS_MB = 50;
/** As much as the owner of 10,000 webhooks may have to wait for a page of them on a busy machine. */
const WORST_PAGE_MS = 2_000;
const CHANGES = 2;

/** A partner who is after another's rows, or after the platform itself. */
export const hostilePartners: Scenario = {
  name: 'hostile-partners',
  run: async (stage, { quick }) => {
    const receiver = await stage.startReceiver();
    const logPath = join(stage.folder, 'log');
    const platform = await stage.startPlatform({ tampering: { logsTo: logPath } });
    const routes = await platform.routes();
    const owner = await settle(platform, stage.database, OWNER, receiver.url);
    const stranger = await settle(platform, stage.database, STRANGER, receiver.url);
    const before = await platform.measured();

    const untouched = await fingerprint(stage.database, OWNER);
    const pairs = foreignCalls(routes, owner, STRANGER);
    const seen = await each(pairs, (pair) => givenAway(platform.url, pair, owner));
    const texts = injections(stranger.ids);
    const broken = await each(texts, (text) => injected(platform.url, STRANGER, text));
    const big = await bigBodies(platform.url, STRANGER, routes);
    const changed = (await fingerprint(stage.database, OWNER)) !== untouched;
    const lines = await linesOf(logPath).catch(() => []);
    const forged = lines.filter((line) => /forged line|\\n(?!\s+at )/.test(line));
    const stumbles = [
      ...(await unreached(platform.url, routes, owner)),
      ...(await unreached(platform.url, routes, stranger)),
    ];
    await stage.database.query('DELETE FROM chaos_change');

    const afterTexts = await platform.measured();
    const count = quick ? 1_000 : 10_000;
    const listening = await manyWebhooks(platform, stage.database, receiver.url, count);
    const walk = await walkList(platform.url);
    await platform.backlog('C-many', CHANGES);
    await untilNothingIsDue(stage.database, 120_000);
    const after = await platform.measured();
    const ledger = (await receiver.ledger()).filter(({ path }) => path.startsWith('/many/'));
    const verdict = await verdictOf(stage.database, ledger, listening);
    const grownMb = mb(afterTexts.residentBytes - before.residentBytes);
    const grownByWebhooksMb = mb(after.residentBytes - afterTexts.residentBytes);
    const keptOfWebhooksMb = mb(after.heapBytes - afterTexts.heapBytes);
    const failures = [
      ...verdict.failures,
      ...condensed("answers gave another's rows away", seen),
      ...(changed ? ["another's rows were changed"] : []),
      ...condensed('texts were taken for more than texts', broken),
      ...condensed('big bodies were not refused', big.failed),
      ...condensed('log lines were forged', forged),
      ...condensed('routes did not work for their owner', stumbles),
      ...(walk.seen === count && walk.shownTwice === 0
        ? []
        : [`the list showed ${walk.seen} of ${count} webhooks, ${walk.shownTwice} of them twice`]),
    ];
    const beyondBounds = [
      ...(walk.worstPageMs > WORST_PAGE_MS ? [`a page of the list took ${walk.worstPageMs} ms`] : []),
      ...(grownMb > MOST_GROWTH_MB ? [`the platform grew by ${grownMb} MB`] : []),
      ...(grownByWebhooksMb > MOST_GROWTH_MB
        ? [`the platform grew by ${grownByWebhooksMb} MB with ${count} webhooks`]
        : []),
      ...(keptOfWebhooksMb > MOST_KEPT_OF_WEBHOOKS_MB
        ? [`the platform kept ${keptOfWebhooksMb} MB of ${count} webhooks`]
        : []),
    ];
    const figures = {
      routes: routes.length,
      foreign_cases: pairs.length,
      injections: texts.length,
      big_bodies: big.sent,
      log_lines: lines.length,
      webhooks: count,
      pages: walk.pages,
      worst_page_ms: walk.worstPageMs,
      rss_before_mb: mb(before.residentBytes),
      rss_after_texts_mb: mb(afterTexts.residentBytes),
      rss_after_webhooks_mb: mb(after.residentBytes),
      rss_grown_by_webhooks_mb: grownByWebhooksMb,
      heap_before_mb: mb(before.heapBytes),
      heap_after_texts_mb: mb(afterTexts.heapBytes),
      heap_after_webhooks_mb: mb(after.heapBytes),
    };
    return { ...verdict, failures, beyondBounds, figures };
  },
  control: async (stage) => {
    const receiver = await stage.startReceiver();
    const platform = await stage.startPlatform({ tampering: { seesEveryContract: true } });
    const owner = await settle(platform, stage.database, OWNER, receiver.url);
    const before = await fingerprint(stage.database, OWNER);
    const reads = (await platform.routes()).filter((route) => /^(GET|PATCH)/.test(route));
    const pairs = foreignCalls(reads, owner, STRANGER).filter(({ foreign }) =>
      /GET|PATCH/.test(foreign.method),
    );
    const seen = await each(pairs, (pair) => givenAway(platform.url, pair, owner));
    const changed = (await fingerprint(stage.database, OWNER)) !== before;
    return {
      ...NOTHING_SEEN,
      failures: [
        ...condensed("answers gave another's rows away", seen),
        ...(changed ? ["another's rows were changed"] : []),
      ],
    };
  },
  proof: ({ failures }) => failures.some((failure) => failure.includes("gave another's rows away")),
};

async function each<T>(cases: readonly T[], check: (one: T) => Promise<string[]>): Promise<string[]> {
  const waiting = [...cases];
  const found: string[] = [];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      found.push(...(await check(one)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
