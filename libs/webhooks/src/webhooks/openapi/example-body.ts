import type { EventData } from '../../catalog/domain-events.js';
import { sampleData } from '../../catalog/samples.js';
import { encode } from '../../rendering/formats/encode.js';
import type { Messages } from '../../rendering/localization/messages.js';
import type { Profile } from '../../rendering/profile.js';
import { ReadEvent } from '../../rendering/read-event.js';

const OCCURRED_AT = Date.UTC(2030, 0, 10, 8);
const EVENT_ID = '0194f3a0-7c00-7000-8000-000000000001';
const WEBHOOK_ID = '0194f3a0-7c00-7000-8000-000000000002';

const FLIGHT = { ...(sampleData('flight.status_changed').flight as EventData), status: 'SCHEDULED' };

export interface Language {
  locale: string;
  messages: Messages;
}

/** The JSON body of a sample, always the same one; undefined where a profile of the host's has none. */
export function exampleBody(profile: Profile, type: string, language: Language): unknown {
  if (!profile.formats.includes('json')) return undefined;
  const event = new ReadEvent({
    id: EVENT_ID,
    type,
    contractId: 'C-SAMPLE',
    occurredAt: OCCURRED_AT,
    data: JSON.stringify(exampleData(profile, type)),
    previous: null,
    originator: null,
    accountContext: null,
    contactLocales: null,
    eventKey: null,
  });
  const subscription = {
    id: WEBHOOK_ID,
    url: 'https://partner.example/webhooks',
    eventTypes: [type],
    retryOnError: true,
    useContactLanguage: true,
    headers: {},
    capabilities: [],
  };
  try {
    const document = profile.render(event, { ...language, capabilities: new Set(), subscription });
    return JSON.parse(encode(document, 'json').body.toString('utf8'));
  } catch {
    // A type of the host's has no sample data, and its profile may have asked for some.
    return undefined;
  }
}

/** CapData hears of bookings with flights only. */
function exampleData({ name }: Profile, type: string): EventData {
  const data = sampleData(type);
  if (name !== 'capdata' || !type.startsWith('booking.')) return data;
  return { ...data, booking: { ...(data.booking as EventData), flights: [FLIGHT] } };
}
