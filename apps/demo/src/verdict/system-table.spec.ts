import { systemTable } from './system-table.js';
import type { LedgerEntry } from './verdict.js';

const request: LedgerEntry = {
  at: 0,
  webhookId: 'w-octo',
  eventId: 'e-1',
  event: 'booking_update',
  subject: 'B-1',
  language: 'es',
  bytes: 2_345,
  answer: 200,
  verified: true,
  fault: null,
};
const octo = { webhookId: 'w-octo', system: 'OCTO', through: 'POST /octo/webhooks' };

describe('the table of systems', () => {
  it('shows the latest body of each system, and what its checks said', () => {
    const forged = { ...request, verified: false, fault: 'Error: no.' };
    const stranger = { ...request, webhookId: 'w-other' };
    expect(systemTable(['OCTO'], [octo], [forged, request, stranger])).toBe(
      'system  subscribed through   event           language  bytes  verdict\n' +
        'OCTO    POST /octo/webhooks  booking_update  es        2345   1 of 2 verified: Error: no.',
    );
  });

  it('says so when a system was sent nothing, or nobody subscribed', () => {
    const [, silent, absent] = systemTable(['OCTO', 'Checkfront'], [octo], []).split('\n');
    expect(silent).toContain('nothing arrived');
    expect(absent).toContain('not subscribed');
  });
});
