import type { DisableFacts } from './disable-rule.js';
import { disables } from './disable-rule.js';
import { HEALTHY } from './lane-health.js';

const exhausted: DisableFacts = {
  outcome: { kind: 'failed', reason: 'timeout', detail: '' },
  decision: { status: 'exhausted' },
  trigger: 'scheduled',
  firstAttemptAt: 100,
  attemptInBudget: 6,
  health: { ...HEALTHY, consecutiveFailures: 6, failingSince: 100 },
};

it('a budget spent while nothing succeeded in between disables the webhook', () => {
  expect(disables(exhausted)).toBe('exhausted');
});

it('a success in between keeps it', () => {
  expect(disables({ ...exhausted, health: { ...exhausted.health, failingSince: 101 } })).toBeUndefined();
  expect(disables({ ...exhausted, health: HEALTHY })).toBeUndefined();
});

it('a failure that is tried again keeps it', () => {
  expect(disables({ ...exhausted, decision: { status: 'pending', dueAt: 200 } })).toBeUndefined();
});

it('one attempt without retries keeps it', () => {
  expect(disables({ ...exhausted, attemptInBudget: 1 })).toBeUndefined();
});

it('what a person sent again by hand keeps it', () => {
  expect(disables({ ...exhausted, trigger: 'manual' })).toBeUndefined();
});

it('410 disables it at once, whoever sent the request', () => {
  const gone = { kind: 'failed', reason: 'http_status', statusCode: 410, detail: '' } as const;
  expect(disables({ ...exhausted, outcome: gone, attemptInBudget: 1, trigger: 'manual' })).toBe('gone');
});

it("a profile's own bound of failures in a row disables it, whatever became of the delivery", () => {
  const retried = { ...exhausted, decision: { status: 'pending', dueAt: 200 } } as const;
  const after = (consecutiveFailures: number) =>
    disables({ ...retried, health: { ...exhausted.health, consecutiveFailures }, disableAfterFailures: 5 });
  expect(after(4)).toBeUndefined();
  expect(after(5)).toBe('failures');
});
