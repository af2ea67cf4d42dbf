import { strToU8, Zip, ZipDeflate } from 'fflate';

import { COLUMNS } from './export-rows.js';
import type { ExportRow } from './export-rows.js';
import { FIXED_PARTS, SHEET_END, SHEET_PATH, sheetRow, sheetStart } from './xlsx-parts.js';

/** In characters. */
const WIDTHS = [16, 60, 50, 10];

/** The lowest: the text repeats itself so much that higher ones win little, and this work holds up the event loop. */
const COMPRESSION = 1;

/** A workbook with one sheet of texts, made as its rows come. */
export async function* xlsx(pages: AsyncIterable<ExportRow[]>): AsyncGenerator<Uint8Array, void> {
  let made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
  });
  const taken = () => {
    const chunks = made;
    made = [];
    return Buffer.concat(chunks);
  };
  for (const [path, text] of Object.entries(FIXED_PARTS)) opened(zip, path).push(strToU8(text), true);
  const sheet = opened(zip, SHEET_PATH);
  sheet.push(strToU8(sheetStart(WIDTHS) + sheetRow(1, COLUMNS, 1)));
  let written = 1;
  for await (const rows of pages) {
    sheet.push(strToU8(rows.map((cells) => sheetRow((written += 1), cells)).join('')));
    yield taken();
  }
  sheet.push(strToU8(SHEET_END), true);
  zip.end();
  yield taken();
}

function opened(zip: Zip, path: string): ZipDeflate {
  const part = new ZipDeflate(path, { level: COMPRESSION });
  zip.add(part);
  return part;
}
