/** A time as answers and bodies write it, ISO 8601 in UTC. */
export function isoOrNull(epochMs: number | null | undefined): string | null {
  return epochMs === null || epochMs === undefined ? null : new Date(epochMs).toISOString();
}
