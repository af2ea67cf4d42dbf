import type { Pool } from 'pg';

import type { PlatformProcess } from '../platform/platform-process.js';
import type { Outcomes } from './delivery-outcomes.js';
import type { ForbiddenUrl } from './forbidden-urls.js';
import type { HostilePorts } from './hostile-process.js';
import type { Misbehaviour } from './misbehaviours.js';
import { call } from './partner-calls.js';

/** A webhook that leads to a hostile receiver, or to where nobody may be led. */
export interface HostileWebhook {
  id: string;
  name: string;
  expects: Misbehaviour['delivery'] | 'refused';
}

const EVENT_TYPES = ['booking.updated'];

export async function subscribeHostile(
  platform: PlatformProcess,
  { ports, deliveries }: HostilePorts,
  copies: number,
): Promise<HostileWebhook[]> {
  const targets: [name: string, url: string, expects: Misbehaviour['delivery']][] = [
    ...Object.entries(deliveries).map(([name, expects]): (typeof targets)[number] => [
      name,
      `http://127.0.0.1:${ports[name]}/`,
      expects,
    ]),
    ['rebinding', `http://rebinding.example:${ports.rebinding}/`, 'either'],
    ['trusted certificate', `https://partner.example:${ports.trusted}/`, 'heard'],
    ['certificate of another name', `https://other.example:${ports.trusted}/`, 'unheard'],
    ['certificate of no address', `https://127.0.0.1:${ports.trusted}/`, 'unheard'],
    ['self-signed certificate', `https://self.example:${ports.selfSigned}/`, 'unheard'],
  ];
  const made: HostileWebhook[] = [];
  for (const [name, url, expects] of targets) {
    for (let copy = 0; copy < copies; copy += 1) {
      const { id } = await platform.subscribe(url, { eventTypes: EVENT_TYPES });
      made.push({ id, name, expects });
    }
  }
  return made;
}

/** As if they had been saved while the policy allowed them. */
export async function plantForbidden(
  platform: PlatformProcess,
  database: Pool,
  urls: ForbiddenUrl[],
): Promise<HostileWebhook[]> {
  const planted: HostileWebhook[] = [];
  for (const { url } of urls) {
    // PostgreSQL stores no U+0000.
    if (url.includes('\0')) continue;
    const { id } = await platform.subscribe('http://127.0.0.1:9/', { eventTypes: EVENT_TYPES });
    await database.query('UPDATE webhook SET url = $2 WHERE id = $1', [id, url]);
    planted.push({ id, name: url, expects: 'refused' });
  }
  return planted;
}

/** Those of the URLs that the platform let a partner save, by REST or by OCTO. */
export async function savedUrls(platform: PlatformProcess, urls: ForbiddenUrl[]): Promise<string[]> {
  const saved: string[] = [];
  for (const { url, named } of urls) {
    if (named) continue;
    for (const [path, fields] of Object.entries(SAVES)) {
      const body = JSON.stringify({ url, ...fields });
      const { status, text } = await call(platform.url, { method: 'POST', path, contract: 'C-saver', body });
      // Refused for its URL, that is.
      if (status === 400 && /\burl\b/.test(text)) continue;
      saved.push(`${path} answered ${status} to ${url}: ${text.slice(0, 80)}`);
    }
  }
  return saved;
}

const SAVES = {
  '/webhooks': { eventTypes: ['*'] },
  '/octo/webhooks': { event: 'booking_update' },
  '/octo/notifications/subscriptions': { notificationTypes: ['BOOKING_UPDATE'] },
};

/** Which webhooks came to another end than they must. */
export function surprises(webhooks: HostileWebhook[], outcomes: Map<string, Outcomes>): string[] {
  return webhooks.flatMap(({ id, name, expects }) => {
    const { attempts, heard, refused } = outcomes.get(id) ?? { attempts: 0, heard: 0, refused: 0 };
    const asExpected = {
      heard: heard > 0,
      unheard: heard === 0,
      either: true,
      refused: refused === attempts,
    }[expects];
    if (attempts > 0 && asExpected) return [];
    return [
      `${name}: of ${attempts} attempts ${heard} were heard and ${refused} refused, expected ${expects}`,
    ];
  });
}
