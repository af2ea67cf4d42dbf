/** Many cases as one failure, with examples. */
export function condensed(what: string, cases: readonly string[]): string[] {
  return cases.length === 0 ? [] : [`${cases.length} ${what}, ${cases.slice(0, 3).join('; ')}`];
}
