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
    `INSERT INTO webhook SELECT row.* FROM webhook, generate_series(1, $1::int) AS n,
       jsonb_populate_record(webhook, jsonb_build_object('id', gen_random_uuid(),
         'created_at', n, 'url', 'https://partner-' || lpad(n::text, 5, '0') || '.example/webhooks')) AS row
     WHERE webhook.id = $2`,
    [MANY, like],
  );
  await portal.host.dataSource.query('DELETE FROM webhook WHERE id = $1', [like]);
});

const open = async (address = '/') => {
  const page = await (await portal.visit(contract)).open(address);
  return { page, table: new WebhookTable(page) };
};

describe(`a table of ${MANY} webhooks that is scrolled from its first one to its last`, () => {
  /** How many rows were in the document, and which was the last of them, each time that it was looked at. */
  const onTheWay: { count: number; last: number }[] = [];
  const atTheEnd: number[] = [];
  let backAtTheTop = 0;

  beforeAll(async () => {
    const { page, table } = await open('/?sort=url');
    await page.getByText('10,000 webhooks').waitFor();
    await table.row(url(1)).waitFor();
    const look = async () => {
      const indexes = await table.bodyRows.evaluateAll((rows) =>
        rows.map((row) => Number(row.getAttribute('data-index'))),
      );
      return { count: indexes.length, last: indexes.at(-1) ?? -1 };
    };
    await until(
      'the last row was reached',
      async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        onTheWay.push(await look());
        return onTheWay.at(-1)?.last === MANY - 1;
      },
      // A hundred pages, one after another.
      100_000,
    );
    await until('it was looked at for a while', async () => atTheEnd.push((await look()).last) === 30);
    await page.evaluate(() => window.scrollTo(0, 0));
    await table.row(url(1)).waitFor();
    backAtTheTop = await table.bodyRows.count();
  }, 120_000);

  it('has the rows near the window in the document, no others', () => {
    expect(Math.max(...onTheWay.map(({ count }) => count))).toBeLessThan(MOST_ROWS);
    expect(backAtTheTop).toBeLessThan(MOST_ROWS);
  });

  it('stands still at its end', () => {
    expect(new Set(atTheEnd)).toEqual(new Set([MANY - 1]));
  });
});

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
