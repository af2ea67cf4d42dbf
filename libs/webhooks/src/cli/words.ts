const UNITS: [ms: number, unit: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A length of time by its two largest units, `2 h 5 min`. */
export function duration(ms: number): string {
  let rest = Math.max(ms, 0);
  const parts: string[] = [];
  for (const [length, unit] of UNITS) {
    const count = Math.floor(rest / length);
    if (count === 0 && parts.length === 0) continue;
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * length;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? 'less than a second' : parts.join(' ');
}

/** `1 delivery`, `2 deliveries`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Rows of a table, their columns as wide as the widest cell. */
export function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const AGO = /^(\d{1,6})(s|m|h|d)$/;
const MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** With a zone: a time without one means another moment on each machine. */
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A time as people write it, `2026-11-22T09:00:00Z` or `90m` ago; undefined when it is neither. */
export function readTime(text: string, now: number): Date | undefined {
  const [, number, unit] = AGO.exec(text) ?? [];
  if (number !== undefined) return new Date(now - Number(number) * MS[unit as keyof typeof MS]);
  const time = ISO.test(text) ? new Date(text) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
}
