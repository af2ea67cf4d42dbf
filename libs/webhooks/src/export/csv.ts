import { COLUMNS } from './export-rows.js';
import type { ExportRow } from './export-rows.js';

/**
 * Comma-separated values, RFC 4180. What a spreadsheet would take for a formula begins with a `'` instead.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export async function* csv(pages: AsyncIterable<ExportRow[]>): AsyncGenerator<Buffer, void> {
  let heading = line(COLUMNS);
  for await (const rows of pages) {
    yield Buffer.from(heading + rows.map(line).join(''));
    heading = '';
  }
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(inert(cell))).join(',')}\r\n`;
}

/** The full-width signs are formulas to spreadsheets of some languages. */
function inert(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
