const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** The first candidate that is an ISO 8601 time, in Unix seconds; a time without an offset is taken as UTC. */
export function unixSeconds(...candidates: unknown[]): string | null {
  for (const candidate of candidates) {
    const time = typeof candidate === 'string' ? epochMs(candidate) : NaN;
    if (!Number.isNaN(time)) return String(Math.floor(time / 1000));
  }
  return null;
}

/** The first candidate that begins with an ISO 8601 date, as `yyyymmdd`. */
export function compactDate(...candidates: unknown[]): string | null {
  for (const candidate of candidates) {
    if (typeof candidate === 'string' && ISO_8601.test(candidate))
      return candidate.slice(0, 10).replaceAll('-', '');
  }
  return null;
}

function epochMs(text: string): number {
  const match = ISO_8601.exec(text);
  if (match === null) return NaN;
  return Date.parse(match[1] === undefined && text.length > 10 ? `${text}Z` : text);
}
