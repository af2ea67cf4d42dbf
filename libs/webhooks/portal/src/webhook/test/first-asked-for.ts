/** The first event type that a webhook asks for, undefined when it does so by a name of a dialect. */
export function firstAskedFor(
  patterns: readonly string[],
  types: readonly { name: string }[],
): string | undefined {
  const [pattern] = patterns;
  if (pattern === undefined || pattern === '*') return types[0]?.name;
  const prefix = pattern.endsWith('.*') ? pattern.slice(0, -1) : undefined;
  return types.find(({ name }) => (prefix === undefined ? name === pattern : name.startsWith(prefix)))?.name;
}
