import type { Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/node';

export interface Downloaded {
  name: string;
  content: Buffer;
}

/** What the browser saves when a link is clicked. */
export async function download(page: Page, link: string): Promise<Downloaded> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  return { name: saved.suggestedFilename(), content: Buffer.concat(chunks) };
}

/** A workbook's rows as a reader of spreadsheets that is not ours sees them. */
export async function rowsOfWorkbook(content: Buffer): Promise<unknown[][]> {
  const [sheet] = await readExcelFile(content);
  return sheet?.data ?? [];
}
