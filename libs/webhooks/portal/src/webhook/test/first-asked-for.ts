import type { EventTypeEntry } from '../../api/types.js';

/** The canonical event type that the server tries first, undefined while the list of them is on its way. */
export function firstAskedFor(
  [pattern]: readonly string[],
  entries: readonly Pick<EventTypeEntry, 'name' | 'dialect' | 'types'>[],
): string | undefined {
  const canonical = entries.filter(({ dialect }) => dialect === 'standard').map(({ name }) => name);
  if (pattern === undefined || pattern === '*') return canonical[0];
  if (pattern.endsWith('.*')) return canonical.find((name) => name.startsWith(pattern.slice(0, -1)));
  const types = entries.find(({ name }) => name === pattern)?.types;
  return canonical.find((name) => types?.includes(name));
}
