import type { RecoveryFacts } from './recovery-stage.js';
import { recoveryStage, sentSoFar } from './recovery-stage.js';

const facts = (of: Partial<RecoveryFacts>): RecoveryFacts => ({
  recovered: 10,
  pending: 4,
  status: 'active',
  isFailing: false,
  failed: undefined,
  ...of,
});

it.each([
  ['some wait still', facts({}), 'running'],
  ['nothing is known yet', facts({ pending: null }), 'running'],
  ['the receiver fails while some wait', facts({ isFailing: true }), 'stalled'],
  ['none waits, and the count is on its way', facts({ pending: 0, isFailing: true }), 'running'],
  ['all arrived', facts({ pending: 0, failed: 0 }), 'done'],
  ['some failed for good', facts({ pending: 0, failed: 3 }), 'partly'],
  ['the webhook was switched off', facts({ status: 'disabled', pending: 0, failed: 3 }), 'stopped'],
] as const)('when %s', (_, known, stage) => {
  expect(recoveryStage(known)).toBe(stage);
});

it('others that wait too make the bar slower, never longer than it is', () => {
  expect([0, 4, 25].map((pending) => sentSoFar(facts({ pending })))).toEqual([10, 6, 0]);
});
