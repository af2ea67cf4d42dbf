import type { Owner } from './foreign-rows.js';
import { call } from './partner-calls.js';
import { ROUTE_INPUTS } from './route-inputs.js';

/**
 * Lets the owner of the rows use every route: one that does not work for its owner would refuse a stranger for the wrong
 * reason. A route that was added needs its input in `ROUTE_INPUTS` here, if it takes any.
 */
export async function unreached(url: string, routes: readonly string[], owner: Owner): Promise<string[]> {
  const failed: string[] = [];
  const sorted = [...routes].sort((one, other) => rank(one) - rank(other));
  for (const route of sorted) {
    const [method = '', path = ''] = route.split(' ');
    const { query, body = {} } = ROUTE_INPUTS[route] ?? {};
    const filled =
      path.replace(/:\w+/, ownId(path, owner)) +
      (query ? `?${query.replace('{webhook}', owner.ids.webhook)}` : '');
    const sent = method === 'GET' ? {} : { body: JSON.stringify(body) };
    const { status, text } = await call(url, { method, path: filled, contract: owner.contract, ...sent });
    // The second name of a path meets what the first has deleted.
    const gone = method === 'DELETE' && status === 404 && path.includes('/subcriptions/');
    if (status >= 300 && !gone) failed.push(`${route} answered its owner ${status} ${text.slice(0, 200)}`);
  }
  return failed;
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
