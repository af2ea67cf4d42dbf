import { InvalidInputError } from 'nestjs-booking-webhooks';

import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import type { PartOptions } from './rest-fuzz.js';
import { namesForbiddenAddress, targetUrls } from './target-spellings.js';

const BATCH = 200;
const CONTRACT = 'C-TARGETS';

/** Every spelling of an address as the URL of a new webhook and of a change: a forbidden one is never stored. */
export async function fuzzTargets(
  services: FuzzServices,
  { sabotage, ...options }: PartOptions,
): Promise<Played & { accepted: number }> {
  const host = await FuzzHost.start(services, { allowedAddresses: [], worker: false });
  let accepted = 0;
  try {
    const { registry, database } = host;
    const fields = { eventTypes: ['*'] };
    const changed = await registry.create(CONTRACT, { ...fields, url: 'https://partner.example/hooks' });
    await sabotage?.(host);
    const offer = async (url: string, index: number): Promise<string[]> => {
      try {
        if (index % 2 === 0) await registry.create(CONTRACT, { ...fields, url });
        else await registry.update(CONTRACT, changed.id, { url });
      } catch (error) {
        return error instanceof InvalidInputError ? [] : [`${url}: ${String(error)}`];
      }
      accepted += 1;
      return namesForbiddenAddress(url) ? [`${url} was accepted`] : [];
    };
    const campaign = { ...options, name: 'targets', cases: targetUrls, batch: BATCH };
    const played = await playCampaign(campaign, async (urls) => {
      const faults: string[] = [];
      for (const [index, url] of urls.entries()) faults.push(...(await offer(url, index)));
      const { rows } = await database.rows.query<{ url: string }>('SELECT url FROM webhook');
      faults.push(
        ...rows.filter(({ url }) => namesForbiddenAddress(url)).map(({ url }) => `${url} is stored`),
      );
      await database.rows.query('DELETE FROM webhook WHERE id <> $1', [changed.id]);
      return faults;
    });
    if (accepted === 0) played.failures.push('targets: not one public address was accepted');
    return { ...played, accepted };
  } finally {
    await host.stop();
  }
}
