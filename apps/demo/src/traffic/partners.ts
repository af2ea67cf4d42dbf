import type { Behaviour } from '../receiver/behaviours.js';

/** What a partner subscribes to, and how its receiver behaves. */
export interface WishedWebhook {
  eventTypes: string[];
  profile: string;
  format: 'json' | 'xml' | 'form';
  /** BCP 47 tag; `contact` is the language of each booking's guest. */
  language: string;
  behaviour: Behaviour;
  signing: 'standard' | 'ed25519' | 'hmac' | 'none';
  /** Whose code the receiver verifies a `standard` signature with. */
  verifier: 'standardwebhooks' | 'svix';
  capabilities: string[];
  /** The system whose interface it is created and read through, for the table at the end. */
  system?: System;
}

/** The systems whose partners the demo plays. */
export const SYSTEMS = ['OCTO', 'Checkfront', 'CapData', 'Delay Care'] as const;
export type System = (typeof SYSTEMS)[number];

export interface PartnerPlan {
  name: string;
  webhooks: WishedWebhook[];
}

type Body = `${string} ${WishedWebhook['format']} ${string}`;
type Particulars = Partial<Omit<WishedWebhook, 'eventTypes' | 'profile' | 'format' | 'language'>>;

/** @param body profile, format and language */
function wish(body: Body, eventTypes: string[], particulars: Particulars = {}): WishedWebhook {
  const [profile = '', format, language = ''] = body.split(' ');
  return {
    eventTypes,
    profile,
    format: format as WishedWebhook['format'],
    language,
    behaviour: 'ok',
    signing: 'standard',
    verifier: 'standardwebhooks',
    capabilities: [],
    ...particulars,
  };
}

const BOTH_RESERVATIONS = ['new_flight_reservation_from_extension', 'flight_reservation_updated'];

/**
 * Six partners, 26 webhooks: every profile in every format, each in three languages or more. Some of their receivers need
 * patience, and one is gone for good. Those of Checkfront's kind never fail five times running, which would switch them off.
 */
export const PARTNERS: PartnerPlan[] = [
  {
    name: 'Delay Care',
    webhooks: [
      wish('delay-care json de', ['Flight Delay Status Change', 'Product Updated'], { system: 'Delay Care' }),
      wish('delay-care xml ar', ['Flight Delay Status Change'], { behaviour: 'flaky' }),
      wish('standard json contact', ['*'], { behaviour: 'stumbling', verifier: 'svix' }),
      wish('octo-notification form en', ['BOOKING_UPDATE']),
    ],
  },
  {
    name: 'Sunline Tours',
    webhooks: [
      wish('octo json contact', ['booking_update'], {
        system: 'OCTO',
        signing: 'none',
        capabilities: ['octo/pricing', 'octo/content'],
      }),
      wish('checkfront xml fr', ['Booking Status Change'], { system: 'Checkfront' }),
      wish('capdata json es', BOTH_RESERVATIONS, { system: 'CapData', signing: 'hmac' }),
      wish('octo-notification json es', ['BOOKING_UPDATE', 'PRODUCT_UPDATE']),
      wish('standard form ar', ['booking.*'], { behaviour: 'slow' }),
    ],
  },
  {
    name: 'Harbour Travel',
    webhooks: [
      wish('octo xml de', ['booking_update'], { behaviour: 'flaky' }),
      wish('checkfront-3 json en', ['Booking Modified'], { verifier: 'svix' }),
      wish('delay-care form es', ['Flight Delay Status Change']),
      wish('standard xml fr', ['*'], { signing: 'ed25519' }),
      wish('standard json en', ['*'], { behaviour: 'gone' }),
    ],
  },
  {
    name: 'Meridian Agency',
    webhooks: [
      wish('checkfront json es', ['Booking Modified', 'Booking Status Change'], { behaviour: 'stumbling' }),
      wish('capdata xml de', ['flight_reservation_updated'], { signing: 'ed25519' }),
      wish('checkfront-3 xml ar', ['Booking Status Change']),
      wish('octo json es', ['booking.*', 'product_update'], {
        behaviour: 'slow',
        capabilities: ['octo/pricing'],
      }),
    ],
  },
  {
    name: 'Red Mesa Rentals',
    webhooks: [
      wish('checkfront form de', ['Booking Modified', 'Item Update']),
      wish('octo form fr', ['booking_update'], { signing: 'ed25519', capabilities: ['octo/content'] }),
      wish('capdata form contact', BOTH_RESERVATIONS, { signing: 'none' }),
      wish('delay-care json contact', ['Flight Delay Status Change'], { verifier: 'svix' }),
    ],
  },
  {
    name: 'North Pier Reports',
    webhooks: [
      wish('checkfront-3 form es', ['Booking Modified', 'Booking Status Change'], { behaviour: 'stumbling' }),
      wish('octo-notification xml ar', ['BOOKING_UPDATE']),
      wish('standard json de', ['booking.created', 'flight.status_changed'], { behaviour: 'flaky' }),
      wish('delay-care xml fr', ['Flight Delay Status Change'], { behaviour: 'stumbling' }),
    ],
  },
];
