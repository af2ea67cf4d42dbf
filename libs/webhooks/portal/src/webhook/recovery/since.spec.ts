import type { WebhookView } from '../../api/types.js';
import { choicesFor, sinceOf } from './since.js';

const NOW = Date.parse('2025-06-02T12:00:00Z');
const webhook = (failingSince: string | null) => ({ health: { failingSince } }) as WebhookView;

it('a receiver that fails is recovered from some time before its first failure, which is younger than its delivery', () => {
  expect(sinceOf('failing', webhook('2025-06-02T10:00:00Z'), NOW).at).toBe('2025-06-02T09:45:00.000Z');
});

it('the time stays chosen when the receiver works again', () => {
  const chosen = sinceOf('failing', webhook('2025-06-02T10:00:00Z'), NOW);
  expect(choicesFor(webhook(null), chosen.choice)).toContain('failing');
  expect(sinceOf('failing', webhook(null), NOW, chosen)).toEqual(chosen);
});

it('a receiver that works has no such time', () => {
  expect(choicesFor(webhook(null))).toEqual(['hour', 'day', 'week', 'custom']);
});

it('another time begins with the one before it', () => {
  const day = sinceOf('day', webhook(null), NOW);
  expect(sinceOf('custom', webhook(null), NOW, day)).toEqual({
    choice: 'custom',
    at: '2025-06-01T12:00:00.000Z',
  });
});
