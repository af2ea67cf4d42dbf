import { PARTNERS, SYSTEMS } from './partners.js';

const webhooks = PARTNERS.flatMap((partner) => partner.webhooks);
const PROFILES = [
  'standard',
  'octo',
  'octo-notification',
  'checkfront',
  'checkfront-3',
  'capdata',
  'delay-care',
];
const FORMATS = ['json', 'xml', 'form'];

describe("the partners' webhooks", () => {
  it.each(PROFILES)('have the profile %s in every format, and in three languages', (profile) => {
    const own = webhooks.filter((webhook) => webhook.profile === profile);
    expect(FORMATS.filter((format) => own.every((webhook) => webhook.format !== format))).toEqual([]);
    expect(new Set(own.map(({ language }) => language)).size).toBeGreaterThanOrEqual(3);
  });

  it('have no other profiles', () => {
    expect(webhooks.filter(({ profile }) => !PROFILES.includes(profile))).toEqual([]);
  });

  it.each(SYSTEMS)('have exactly one that stands for %s in the table', (system) => {
    expect(webhooks.filter((webhook) => webhook.system === system)).toHaveLength(1);
  });

  it('use every way of signing, and both verifiers of Standard Webhooks', () => {
    expect(new Set(webhooks.map(({ signing }) => signing))).toEqual(
      new Set(['standard', 'ed25519', 'hmac', 'none']),
    );
    expect(new Set(webhooks.map(({ verifier }) => verifier))).toEqual(new Set(['standardwebhooks', 'svix']));
  });
});
