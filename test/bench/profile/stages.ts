import type { Share } from './cpu-groups.js';
import type { Statement } from './statements.js';

/** One step of a delivery's way, or what all steps stand on. */
export interface StageCost {
  stage: string;
  /** Of the worker's own CPU, by whose code asked for it. */
  workerMs: number;
  postgresMs: number;
  statements: number;
}

interface Stage {
  name: string;
  groups?: RegExp;
  statements?: RegExp;
}

/**
 * In the order of a delivery's way. The driver's own work can't be told apart by stage: a statement's answer comes back
 * without the code that asked for it. The first stage that matches has it.
 */
const STAGES: Stage[] = [
  {
    name: 'relay and fan-out',
    groups: /^ours\/(fanout|outbox|catalog)$/,
    statements:
      /fanned_out_at"? IS NULL|SET fanned_out_at|INTO "?webhook_delivery|webhook_change_counter|paused_until >/i,
  },
  { name: 'lanes: wake, queue', groups: /^(bull|ioredis|ours\/operations|lodash|semver)$/ },
  { name: 'lanes: claim and release', statements: /INTO "?webhook_lane|UPDATE "?webhook_lane/i },
  {
    name: 'lanes: read webhook, slice, events',
    statements: /FROM "?webhook"? |FROM webhook_delivery|FROM "?webhook_event/i,
  },
  { name: 'lanes: our code', groups: /^ours\/(lanes|retrying|lifecycle|index|deliveries|webhooks)$/ },
  { name: 'render', groups: /^ours\/rendering$/ },
  { name: 'sign', groups: /^(ours\/signing|crypto)$/ },
  { name: 'send: ours', groups: /^ours\/sending$/ },
  { name: 'send: axios', groups: /^(axios|@nestjs\/axios|rxjs)$/ },
  { name: 'send: undici', groups: /^undici$/ },
  { name: 'record', statements: /INTO "?webhook_attempt|UPDATE "?webhook_delivery/i },
  { name: 'driver: pg', groups: /^pg$/ },
  { name: 'driver: TypeORM', groups: /^typeorm$/ },
  { name: 'transactions', statements: /^(BEGIN|COMMIT|START|ROLLBACK)/i },
  { name: 'ids', groups: /^uuid$/ },
  { name: 'Nest', groups: /^nest$/ },
  { name: 'node: sockets, timers, promises', groups: /^node \(sockets/ },
  { name: 'node: event loop, system calls', groups: /^node itself/ },
  { name: 'garbage collection', groups: /^garbage/ },
];
const OTHER = 'everything else';

/** The two views of a delivery's cost, joined. */
export function byStage(groups: readonly Share[], statements: readonly Statement[]): StageCost[] {
  const costs = new Map<string, StageCost>();
  for (const name of [...STAGES.map((stage) => stage.name), OTHER]) {
    costs.set(name, { stage: name, workerMs: 0, postgresMs: 0, statements: 0 });
  }
  const costOf = (found: Stage | undefined) => costs.get(found?.name ?? OTHER);
  for (const { name, ms } of groups) {
    const cost = costOf(STAGES.find((stage) => stage.groups?.test(name)));
    if (cost) cost.workerMs += ms;
  }
  for (const { text, totalMs, calls } of statements) {
    const cost = costOf(STAGES.find((stage) => stage.statements?.test(text)));
    if (!cost) continue;
    cost.postgresMs += totalMs;
    cost.statements += calls;
  }
  return [...costs.values()].filter(({ workerMs, statements: count }) => workerMs > 0 || count > 0);
}
