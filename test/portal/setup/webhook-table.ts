import type { Locator, Page } from 'playwright-core';

import { until } from '../../setup/until.js';

/** What a reader sees in a row, by the columns' headings. */
export interface TableRow {
  no: string;
  contract: string;
  url: string;
  eventType: string;
  status: string;
}

/** The table of webhooks. */
export class WebhookTable {
  readonly table: Locator;
  readonly bodyRows: Locator;

  constructor(private readonly page: Page) {
    this.table = page.getByRole('table', { name: 'Webhooks' });
    this.bodyRows = this.table.locator('tbody tr[data-index]');
  }

  row(url: string): Locator {
    return this.bodyRows.filter({ has: this.page.getByRole('link', { name: url, exact: true }) });
  }

  headings(): Promise<string[]> {
    return this.table.getByRole('columnheader').allInnerTexts();
  }

  /** Those that are in the document. */
  rows(): Promise<TableRow[]> {
    return this.bodyRows.evaluateAll((rows) =>
      rows.map((row) => {
        const cell = (name: string) => row.querySelector<HTMLElement>(`[data-column="${name}"]`);
        const text = (name: string) => cell(name)?.innerText.trim() ?? '';
        return {
          no: text('no'),
          contract: text('contract'),
          url: cell('url')?.querySelector('a')?.innerText ?? '',
          eventType: [...(cell('eventType')?.querySelectorAll('span') ?? [])]
            .map(({ innerText }) => innerText)
            .join(', '),
          status: text('status'),
        };
      }),
    );
  }

  async urls(): Promise<string[]> {
    return (await this.rows()).map(({ url }) => url);
  }

  /** Waits until the table holds these, in this order. */
  async shows(urls: readonly string[]): Promise<void> {
    const wanted = JSON.stringify(urls);
    const isShown = async () => JSON.stringify(await this.urls()) === wanted;
    await until('the table shows them', isShown).catch(() => undefined);
    // What is different is told by the comparison.
    expect(await this.urls()).toEqual(urls);
  }
}
