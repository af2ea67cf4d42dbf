import { freshContract } from '../setup/rest-host.js';
import { until } from '../setup/until.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { Portal } from './setup/portal.js';
import { WebhookTable } from './setup/webhook-table.js';

const MANY = 10_000;
/** What a window of this height needs, with some on either side. */
const MOST_ROWS = 60;

const portal = Portal.forSpecs();
const contract = freshContract();
const url = (index: number) => `https://partner-${String(index).padStart(5, '0')}.example/webhooks`;

beforeAll(async () => {
  const like = (await portal.host.subscribe('https://like.example/', { contractId: contract })).id;
  await portal.host.dataSource.query(
    `INSERT INTO webhook SELECT (jsonb_populate_record(webhook, jsonb_build_object('id', gen_random_uuid(),
       'created_at', n, 'url', 'https://partner-' || lpad(n::text, 5, '0') || '.example/webhooks'))).*
     FROM webhook, generate_series(1, $1::int) AS n WHERE id = $2`,
    [MANY, like],
  );
  await portal.host.dataSource.query('DELETE FROM webhook WHERE id = $1', [like]);
});

const open = async (address = '/') => {
  const page = await (await portal.visit(contract)).open(address);
  return { page, table: new WebhookTable(page) };
};

it(`of ${MANY} webhooks those near the window are in the document, down to the last one`, async () => {
  const { page, table } = await open('/?sort=url');
  await page.getByText('10,000 webhooks').waitFor();
  await table.row(url(1)).waitFor();
  const counts: number[] = [];
  await until(
    'the last row was reached',
    async () => {
      const [count, last] = await page.evaluate(() => {
        window.scrollTo(0, document.documentElement.scrollHeight);
        const rows = [...document.querySelectorAll('tbody tr[data-index]')];
        return [rows.length, rows.at(-1)?.getAttribute('data-index')] as const;
      });
      counts.push(count);
      return last === String(MANY - 1);
    },
    // A hundred pages, one after another.
    100_000,
  );
  expect(Math.max(...counts)).toBeLessThan(MOST_ROWS);
  await table.row(url(MANY)).waitFor();
  expect((await table.rows()).at(-1)).toMatchObject({ no: '10,000', url: url(MANY) });
  expect(await table.table.getAttribute('aria-rowcount')).toBe(String(MANY));
  await page.evaluate(() => window.scrollTo(0, 0));
  await table.row(url(1)).waitFor();
  expect(await table.bodyRows.count()).toBeLessThan(MOST_ROWS);
}, 120_000);

it('one of them is found, from the other end of the order too', async () => {
  const { page, table } = await open('/?sort=-url');
  await table.row(url(MANY)).waitFor();
  await page.getByRole('textbox', { name: 'Filter by URL' }).fill('partner-07777');
  await table.shows([url(7777)]);
  await page.getByText('1 webhook', { exact: true }).waitFor();
});

it('all of them are in the file', async () => {
  const { page } = await open('/?sort=url');
  const [, ...rows] = await rowsOfWorkbook((await download(page, 'Download Excel')).content);
  expect(rows).toHaveLength(MANY);
  expect([rows[0]?.[1], rows.at(-1)?.[1]]).toEqual([url(1), url(MANY)]);
});
