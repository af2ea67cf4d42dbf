import type { Owner } from './foreign-rows.js';
import { call } from './partner-calls.js';
import { ROUTE_INPUTS } from './route-inputs.js';

/**
 * Lets the owner of the rows use every route: one that does not work for its owner would refuse a stranger for the wrong
 * reason. A route that was added needs its input in `ROUTE_INPUTS` here, if it takes any.
 */
export async function unreached(url: string, routes: readonly string[], owner: Owner): Promise<string[]> {
  const failed: string[] = [];
  const asset = await someAsset(url, owner);
  const sorted = [...routes].sort((one, other) => rank(one) - rank(other));
  for (const route of sorted) {
    const [method = '', path = ''] = route.split(' ');
    const { query, body = {} } = ROUTE_INPUTS[route] ?? {};
    const filled =
      path.replace(/:\w+/, path.endsWith('/:name') ? asset : ownId(path, owner)) +
      (query ? `?${query.replace('{webhook}', owner.ids.webhook)}` : '');
    const sent = method === 'GET' ? {} : { body: JSON.stringify(body) };
    const { status, text } = await call(url, { method, path: filled, contract: owner.contract, ...sent });
    // The second name of a path meets what the first has deleted.
    const gone = method === 'DELETE' && status === 404 && path.includes('/subcriptions/');
    // The portal's address leads to the one with a slash.
    if (status >= 400 && !gone) failed.push(`${route} answered its owner ${status} ${text.slice(0, 200)}`);
  }
  return failed;
}

/** The name of a file that the portal's page asks for. */
async function someAsset(url: string, { contract }: Owner): Promise<string> {
  const { text } = await call(url, { method: 'GET', path: '/webhooks/portal/', contract });
  return /assets\/([\w.-]+)/.exec(text)?.[1] ?? 'none';
}

/** What switches off comes late, what deletes last. */
function rank(route: string): number {
  if (route.startsWith('DELETE')) return 2;
  return route.endsWith('/deactivate') ? 1 : 0;
}

function ownId(path: string, { ids }: Owner): string {
  if (path.includes('/notifications/')) return ids.subscription;
  if (path.includes('/octo/')) return ids.octo;
  return path.includes('/deliveries/:') ? ids.delivery : ids.webhook;
}
