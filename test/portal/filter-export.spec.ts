import { Webhook } from 'nestjs-booking-webhooks';
import type { Page } from 'playwright-core';

import { freshContract } from '../setup/rest-host.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { OPERATOR, Portal } from './setup/portal.js';
import { WebhookTable } from './setup/webhook-table.js';

const portal = Portal.forSpecs();

let contract: string;
let ids: Record<string, string>;

const url = (name: string) => `https://${name}.example/hooks`;

/** Five webhooks that differ in every column. */
beforeEach(async () => {
  contract = freshContract();
  ids = {};
  const wished: [name: string, eventTypes: string[], fields: object][] = [
    ['alpha', ['Product Added'], {}],
    ['beta', ['Product Added', 'Product Removed'], { status: 'inactive' }],
    ['gamma', ['Flight Delay Status Change'], {}],
    ['delta', ['Flight Delay Status Change', 'Product Updated'], {}],
    ['omega', ['Product Removed'], {}],
  ];
  for (const [name, eventTypes, fields] of wished)
    ids[name] = (await portal.host.subscribe(url(name), { contractId: contract, eventTypes, ...fields })).id;
  const { dataSource } = portal.host;
  await dataSource.query(
    'UPDATE webhook_lane SET failing_since = $1, consecutive_failures = 3 WHERE webhook_id = $2',
    [Date.now() - 60_000, ids.gamma],
  );
  await dataSource.manager.update(Webhook, { id: ids.delta }, { status: 'disabled', disabledReason: 'gone' });
});

const open = async (address = '/', as = contract) => {
  const page = await (await portal.visit(as)).open(address);
  return { page, table: new WebhookTable(page) };
};
const choose = async (page: Page, column: string, option: string) => {
  await page.getByRole('button', { name: `Filter by ${column}` }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

/** The file's rows as the table would show them. */
async function exported(page: Page): Promise<unknown[][]> {
  const [, ...rows] = await rowsOfWorkbook((await download(page, 'Download Excel')).content);
  return rows;
}

/** The table's rows as the file has to hold them: a webhook that was switched off is not active. */
async function shown(table: WebhookTable): Promise<string[][]> {
  const rows = await table.rows();
  return rows.map(({ url: address, eventType, status }) => [
    contract,
    address,
    eventType,
    status === 'Disabled' ? 'Inactive' : status,
  ]);
}

const FILTERED: [column: string, apply: (page: Page) => Promise<void>, left: string[]][] = [
  ['No', (page) => page.getByRole('textbox', { name: 'Filter by ID' }).fill(ids.alpha ?? ''), ['alpha']],
  ['URL', (page) => page.getByRole('textbox', { name: 'Filter by URL' }).fill('EGA'), ['omega']],
  [
    'Event Type',
    async (page) => {
      await page.getByRole('combobox', { name: 'Filter by Event Type' }).fill('Product Added');
      await page.getByRole('option', { name: /^Product Added/ }).click();
    },
    ['beta', 'alpha'],
  ],
  ['Status', (page) => choose(page, 'Status', 'Disabled'), ['delta']],
  ['Last 24 hours', (page) => choose(page, 'Last 24 hours', 'Failing'), ['gamma']],
  ['Last 24 hours', (page) => choose(page, 'Last 24 hours', 'Disabled: 410 Gone'), ['delta']],
];

it.each(FILTERED)(
  'what is filtered by the column "%s" is in the address, and the file holds the same rows',
  async (_column, apply, left) => {
    const { page, table } = await open();
    await table.bodyRows.nth(4).waitFor();
    await apply(page);
    await table.shows(left.map(url));
    await page
      .getByText(left.length === 1 ? '1 webhook' : `${left.length} webhooks`, { exact: true })
      .waitFor();
    expect(await exported(page)).toEqual(await shown(table));

    const shared = await open(new URL(page.url()).hash.slice(1));
    await shared.table.shows(left.map(url));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await table.bodyRows.nth(4).waitFor();
  },
);

it('an operator filters by contract', async () => {
  await portal.host.subscribe(url('another'), { contractId: freshContract() });
  const { page, table } = await open('/', OPERATOR);
  const field = page.getByRole('combobox', { name: 'Filter by Contract' });
  await field.fill(contract);
  await page.getByRole('option', { name: contract }).click();
  await table.shows(['omega', 'delta', 'gamma', 'beta', 'alpha'].map(url));
  expect(await exported(page)).toEqual(await shown(table));
});

it('filters of several columns and an order by one hold together, in the table and in both files', async () => {
  const { page, table } = await open();
  await page.getByRole('textbox', { name: 'Filter by URL' }).fill('a.example');
  // It is in force a moment after it was typed, and the rows that match it are no fewer than those that are active.
  await page.waitForURL(/url=a\.example/);
  await choose(page, 'Status', 'Active');
  await table.table.getByRole('button', { name: 'URL' }).click();
  await table.shows(['alpha', 'gamma', 'omega'].map(url));
  await table.table.getByRole('button', { name: 'URL' }).click();
  await table.shows(['omega', 'gamma', 'alpha'].map(url));
  const rows = await shown(table);
  expect(await exported(page)).toEqual(rows);
  const { content, name } = await download(page, 'CSV');
  expect(name).toMatch(/^Webhooks_\d{8}_\d{4}\.csv$/);
  const lines = content.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toEqual(['Contract,URL,Event Type,Status', ...rows.map((row) => row.join(','))]);
});

it('an order by a column is kept in the address', async () => {
  const { page, table } = await open('/?sort=url');
  await table.shows(['alpha', 'beta', 'delta', 'gamma', 'omega'].map(url));
  const heading = page.getByRole('columnheader', { name: 'URL' });
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
});

it('credentials in an address are masked, in the table and in the file', async () => {
  await portal.host.subscribe('https://user:pa55word@secret.example/?token=t0ken', { contractId: contract });
  const { page, table } = await open('/?url=secret.example');
  const masked = 'https://***:***@secret.example/?token=***';
  await table.shows([masked]);
  expect((await exported(page)).map(([, address]) => address)).toEqual([masked]);
  expect(await page.content()).not.toMatch(/pa55word|t0ken/);
});

it('going back from a webhook leads to the table as it was filtered', async () => {
  const { page, table } = await open('/?status=active&sort=url');
  await table.shows(['alpha', 'gamma', 'omega'].map(url));
  await table
    .row(url('gamma'))
    .getByRole('link', { name: url('gamma'), exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name: url('gamma') }).waitFor();
  await page.getByRole('link', { name: 'To all webhooks' }).click();
  await table.shows(['alpha', 'gamma', 'omega'].map(url));
});
