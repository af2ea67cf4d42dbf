import { JsonText } from '../document.js';
import type { CanonicalEvent } from '../profile.js';
import { StandardProfile } from './standard.profile.js';

const profile = new StandardProfile();

function event(dataText: string, data: unknown = JSON.parse(dataText)): CanonicalEvent {
  return {
    id: '0199d3c8-0000-7000-8000-000000000001',
    type: 'booking.updated',
    contractId: 'C-1',
    occurredAt: Date.parse('2025-05-12T10:15:30.123Z'),
    data: data as CanonicalEvent['data'],
    dataText,
    previous: null,
    originator: { type: 'agent', id: 1, name: 'Ana', tokenUsed: 'secret' },
    accountContext: null,
    eventKey: null,
  };
}

describe('the standard profile', () => {
  it('is the type, the time and the data, in this order, and nothing of who did it', () => {
    const { root, value } = profile.render(event('{"booking":{"id":"B-1"}}'));
    expect(root).toBe('webhook');
    expect(Object.keys(value)).toEqual(['type', 'timestamp', 'data']);
    expect(value).toMatchObject({ type: 'booking.updated', timestamp: '2025-05-12T10:15:30.123Z' });
  });

  it.each([
    '{"b":1,"1":12345678901234567890,"0":1.0}',
    '{"note":"they wrote \\"$localized\\": once"}',
    '{"note":"$localized"}',
  ])('passes data in one language on as it was published: %s', (text) => {
    expect(profile.render(event(text)).value.data).toEqual(new JsonText(text));
  });

  it.each(['{"title":{"$localized":{"en":"Tour","es":"Excursión"}}}', '{"title":{"$localized" : {}}}'])(
    'sends data in several languages in the one it was put into: %s',
    (text) => {
      expect(profile.render(event(text, { title: 'Excursión' })).value.data).toEqual({ title: 'Excursión' });
    },
  );
});
