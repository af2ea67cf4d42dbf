import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import qs from 'qs';

import { CANONICAL_EVENT_TYPES } from '../catalog/event-types.js';
import { OPERATIONAL_EVENT_TYPES } from '../catalog/operational-events.js';
import { FORMATS } from './document.js';
import { encode } from './formats/encode.js';
import { MessageCatalog } from './localization/message-catalog.js';
import { ProfileCatalog } from './profile-catalog.js';
import { ReadEvent } from './read-event.js';

const profiles = new ProfileCatalog();
const messages = new MessageCatalog();

/** Keys and texts that have broken somebody's encoder before. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ']]>',
    '__proto__',
    'constructor',
    '=cmd()',
    '\u202eabc',
    '👩‍👩‍👧',
    '\u0000\u000b',
    '<a b="c">&amp;',
    '-->',
  ),
);
const hostileData = fc.object({
  key: hostileText,
  maxDepth: 3,
  values: [hostileText, fc.double(), fc.boolean(), fc.constant(null)],
});

/** What hosts publish under each noun can be anything, too. */
const event = fc.record({
  type: fc.constantFrom(...CANONICAL_EVENT_TYPES, ...OPERATIONAL_EVENT_TYPES.map(({ name }) => name)),
  data: fc.oneof(
    hostileData,
    fc.record({
      booking: hostileData,
      flight: hostileData,
      product: hostileData,
      payment: hostileData,
      order: hostileData,
      webhook: hostileData,
    }),
  ),
  previous: fc.option(hostileData),
  originator: fc.option(hostileData),
});

const capabilities = fc.subarray(['octo/pricing', 'octo/content', 'octo/cart', 'capdata/actor-token']);

describe.each(profiles.names.flatMap((profile) => FORMATS.map((format) => ({ profile, format }))))(
  '$profile as $format',
  ({ profile, format }) => {
    it.each(messages.locales)('is made and well-formed for any event, in %s', (locale) => {
      fc.assert(
        fc.property(event, capabilities, ({ type, data, previous, originator }, asked) => {
          const stored = new ReadEvent({
            id: '01a2012f-fba4-7106-aae8-37e00bc18044',
            type,
            contractId: 'C-1',
            occurredAt: 1_760_000_000_000,
            data: JSON.stringify(data),
            previous: previous && JSON.stringify(previous),
            originator: originator && JSON.stringify(originator),
            accountContext: null,
            contactLocales: null,
            eventKey: null,
          });
          const document = profiles.get(profile).render(stored, {
            locale,
            messages: messages.in(locale),
            capabilities: new Set(asked),
            subscription: {
              id: 'W-1',
              url: 'https://partner.example/',
              eventTypes: ['*'],
              retryOnError: true,
              useContactLanguage: true,
              headers: {},
              capabilities: asked,
            },
          });
          expect(() => parse(format, encode(document, format).body.toString('utf8'))).not.toThrow();
        }),
        { numRuns: 25 },
      );
    });
  },
);

/** With other people's code. */
function parse(format: (typeof FORMATS)[number], body: string): void {
  if (format === 'json') JSON.parse(body);
  if (format === 'form') qs.parse(body, { depth: 50, strictDepth: true, parameterLimit: 100_000 });
  if (format !== 'xml') return;
  const verdict = XMLValidator.validate(body);
  if (verdict !== true) throw new Error(verdict.err.msg);
}
