import type { WebhookView } from '../api/types.js';
import type { FormValues } from './form-values.js';
import { NEW_VALUES, newWebhookOf, patchOf, valuesOf } from './form-values.js';

const stored: WebhookView = {
  id: '0198c0de-0000-7000-8000-000000000001',
  contractId: 'C-1',
  url: 'https://***:***@partner.example/hooks?token=***',
  eventTypes: ['booking.*'],
  filters: { statuses: ['CONFIRMED', 'CANCELLED'] },
  profile: 'octo',
  format: 'json',
  locale: 'pt-BR',
  useContactLanguage: true,
  retryOnError: true,
  capabilities: ['octo/pricing'],
  headers: { 'X-Api-Key': '***', 'X-Team': '***' },
  signing: { scheme: 'hmac', header: 'X-Signature', prefix: 'sha256=' },
  status: 'active',
  disabledReason: null,
  maxInFlight: 10,
  transport: 'push',
  ordering: 'none',
  maxPerSecond: null,
  coalesceMs: null,
  health: { failingSince: null, consecutiveFailures: 0, pausedUntil: null },
  createdAt: '2026-07-01T12:00:00.000Z',
  updatedAt: '2026-07-01T12:00:00.000Z',
};

describe('a new webhook', () => {
  it('is sent with its defaults left out', () => {
    const values = {
      ...NEW_VALUES,
      contractId: 'C-1',
      url: 'https://partner.example/hooks',
      eventTypes: ['*'],
    };
    expect(newWebhookOf(values)).toEqual({
      contractId: 'C-1',
      url: 'https://partner.example/hooks',
      eventTypes: ['*'],
      status: 'active',
    });
  });

  it('is sent without a contract when none is named, for the API to ask for one', () => {
    expect(newWebhookOf(NEW_VALUES)).toEqual({ url: '', eventTypes: [], status: 'active' });
  });

  it('is sent without a URL when its events are pulled', () => {
    const values: FormValues = { ...NEW_VALUES, eventTypes: ['*'], transport: 'pull' };
    expect(newWebhookOf(values)).toEqual({ eventTypes: ['*'], status: 'active', transport: 'pull' });
    expect(newWebhookOf({ ...values, url: 'half', maxPerSecond: 'many' })).toEqual(newWebhookOf(values));
  });

  it('is sent with the header of a signature for hmac alone', () => {
    const values = { ...NEW_VALUES, signatureHeader: 'X-Sign', signaturePrefix: 'v=' };
    expect(newWebhookOf({ ...values, signing: 'hmac' })).toMatchObject({
      signing: 'hmac',
      signatureHeader: 'X-Sign',
      signaturePrefix: 'v=',
    });
    expect(newWebhookOf({ ...values, signing: 'ed25519' })).not.toHaveProperty('signatureHeader');
  });

  it('is sent with what is no number as it was typed, for the API to say what it would take', () => {
    const values = { ...NEW_VALUES, maxInFlight: ' 7 ', maxPerSecond: 'ten' };
    expect(newWebhookOf(values)).toMatchObject({ maxInFlight: 7, maxPerSecond: 'ten' });
  });
});

describe('a change', () => {
  const before = valuesOf(stored);

  it('of nothing sends nothing, masks included', () => {
    expect(patchOf(before, valuesOf(stored))).toEqual({});
  });

  it('sends only the fields that changed', () => {
    expect(patchOf(before, { ...before, locale: '', format: 'xml', maxPerSecond: '5' })).toEqual({
      locale: null,
      format: 'xml',
      maxPerSecond: 5,
    });
  });

  it('of one header keeps the others by their mask', () => {
    const [key, team] = before.headers;
    const headers = [
      { ...key!, value: 'new' },
      team!,
      { name: ' X-New ', value: '1', isStored: false },
      { name: '', value: '', isStored: false },
    ];
    expect(patchOf(before, { ...before, headers })).toEqual({
      headers: { 'X-Api-Key': 'new', 'X-Team': '***', 'X-New': '1' },
    });
  });

  it('from requests to a feed leaves alone what is for requests, and combines nothing any more', () => {
    const combining = { ...before, coalesceMs: '500' };
    const headers = [{ name: 'X-New', value: '1', isStored: false }];
    const after = { ...combining, transport: 'pull' as const, url: '', headers, maxInFlight: 'many' };
    expect(patchOf(combining, after)).toEqual({ transport: 'pull', coalesceMs: null });
  });

  it('from a feed back to requests sends no mask of the URL', () => {
    const fetched = { ...before, transport: 'pull' as const };
    expect(patchOf(fetched, { ...fetched, transport: 'both' })).toEqual({ transport: 'both' });
  });

  it('takes a filter away when its last entry is gone', () => {
    expect(patchOf(before, { ...before, statuses: ' , ' })).toEqual({ filters: null });
    expect(patchOf(before, { ...before, productIds: 'P-1,P-2' })).toEqual({
      filters: { productIds: ['P-1', 'P-2'], statuses: ['CONFIRMED', 'CANCELLED'] },
    });
  });
});
