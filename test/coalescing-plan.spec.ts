import { availabilityUpdated, WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { Host } from './setup/host.js';

interface Plan {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

let host: Host;
let receiver: TestReceiver;

beforeEach(async () => {
  host = await Host.start({ scheduler: 'in-process', sweepIntervalMs: 3_600_000 });
  receiver = await TestReceiver.start();
});
afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

/** Rows that the plan's steps have looked at, whatever became of them. */
function lookedAt(plan: Plan): number {
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = (plan['Actual Rows'] + removed) * plan['Actual Loops'];
  return (plan.Plans ?? []).reduce((sum, below) => sum + lookedAt(below), own);
}

/** Of a statement that is undone. */
async function planned(sql: string, parameters: unknown[]): Promise<number> {
  const runner = host.dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
    const [row] = (await runner.query(explain, parameters)) as { 'QUERY PLAN': { Plan: Plan }[] }[];
    await runner.rollbackTransaction();
    return lookedAt(row!['QUERY PLAN'][0]!.Plan);
  } finally {
    await runner.release();
  }
}

it.each(['succeeded', 'superseded'] as const)(
  'however many %s deliveries a resource has had, superseding looks at those that wait',
  async (status) => {
    const { id } = await host.subscribe(receiver.url, { coalesceMs: 100 });
    const state = (vacancies: number) =>
      availabilityUpdated({
        contractId: 'C-1',
        resourceKey: 'P-1',
        data: { availability: { id: 'P-1', vacancies } },
      });
    await host.dataSource.query(
      `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
         attempts_before_budget, due_at, created_at, sequence, coalesce_key)
       SELECT 'd-' || number, 'e-' || number, $1, 'C-1', 'availability.updated', $2::varchar, 'scheduled', 0, 0,
         CASE WHEN $2::varchar = 'pending' THEN 1 END, 1, -number, 'P-1'
       FROM generate_series(1, 20000) AS number`,
      [id, status === 'succeeded' ? status : 'pending'],
    );
    await host.webhooks.publish(state(0));
    await untilIdle(host.app);
    expect(await host.dataSource.manager.countBy(WebhookDelivery, { status })).toBeGreaterThanOrEqual(20_000);
    await host.dataSource.query('ANALYZE webhook_delivery');
    const { dataSource } = host;
    const query = dataSource.query.bind(dataSource);
    const plans: number[] = [];
    const spied = jest.spyOn(dataSource, 'query');
    spied.mockImplementation(async (sql: string, ...others: unknown[]) => {
      if (sql.includes(`'superseded'`)) plans.push(await planned(sql, ...(others as [unknown[]])));
      return query(sql, ...(others as []));
    });
    await host.webhooks.publish([1, 2, 3].map(state));
    await untilIdle(host.app);
    spied.mockRestore();
    expect(receiver.requests).toHaveLength(2);
    expect(await host.dataSource.manager.countBy(WebhookDelivery, { status: 'pending' })).toBe(0);
    expect(plans.length).toBeGreaterThan(0);
    for (const rows of plans) expect(rows).toBeLessThan(500);
  },
);
