import { call } from './partner-calls.js';

const MEGABYTE = 1024 * 1024;

const BODIES = [
  JSON.stringify({ url: 'x'.repeat(MEGABYTE) }),
  JSON.stringify({ eventTypes: Array(100_000).fill('booking.*') }),
  JSON.stringify({
    headers: Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`x-${at}`, 'y'.repeat(9)])),
  }),
  `{"filters":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`,
  `[${'['.repeat(500_000)}${']'.repeat(500_000)}]`,
  `{"url":"${'\\u0041'.repeat(175_000)}"}`,
  'x'.repeat(MEGABYTE),
];

/** A megabyte and more to every route that takes a body; says which were answered by an error of the platform's own. */
export async function bigBodies(
  url: string,
  contract: string,
  routes: readonly string[],
): Promise<{ sent: number; failed: string[] }> {
  const takers = routes.filter((route) => /^(POST|PUT|PATCH) /.test(route));
  const failed: string[] = [];
  for (const route of takers) {
    const [method = '', path = ''] = route.split(' ');
    for (const [number, body] of BODIES.entries()) {
      const filled = path.replace(/:\w+/g, '01a201b6-8e37-71c9-8ecd-bcda20209da1');
      const { status } = await call(url, { method, path: filled, contract, body });
      if (status < 400 || status >= 500) failed.push(`${route} answered ${status} to body ${number}`);
    }
  }
  return { sent: takers.length * BODIES.length, failed };
}
