import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled } from '../setup/host.js';
import { freshContract } from '../setup/rest-host.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { OPERATOR, Portal } from './setup/portal.js';
import { WebhookTable } from './setup/webhook-table.js';

const portal = Portal.forSpecs();

const NOT_FOUND = 'It is not there, or not yours to see.';

let contract: string;
let other: string;
let foreignId: string;
let foreignUrl: string;

beforeEach(async () => {
  [contract, other] = [freshContract(), freshContract()];
  const receiver = await portal.receiver();
  foreignUrl = `${receiver.url}/private`;
  foreignId = (await portal.host.subscribe(foreignUrl, { contractId: other })).id;
});

it.each(['', '/deliveries', '/recovery', '/test', '/edit'])(
  "another contract's webhook is not found at #/webhooks/<id>%s",
  async (view) => {
    const visit = await portal.visit(contract);
    visit.tolerate(/status of 404/);
    const page = await visit.open(`/webhooks/${foreignId}${view}`);
    await page.getByRole('heading', { level: 1, name: NOT_FOUND }).waitFor();
    expect(await page.content()).not.toContain('private');
    await page.getByRole('link', { name: 'To all webhooks' }).click();
    await page.getByText('No webhooks yet').waitFor();
  },
);

it("another contract's delivery is not found within a webhook of one's own", async () => {
  await portal.host.webhooks.publish(cancelled('B-foreign', { contractId: other }));
  await untilIdle(portal.host.app);
  const [foreign] = await portal.host.dataSource.query(
    'SELECT id FROM webhook_delivery WHERE webhook_id = $1',
    [foreignId],
  );
  const { id } = await portal.host.subscribe('https://own.example/', { contractId: contract });
  const visit = await portal.visit(contract);
  visit.tolerate(/status of 404/);
  const page = await visit.open(`/webhooks/${id}/deliveries?delivery=${foreign.id}`);
  const panel = page.getByRole('dialog');
  await panel.getByText(NOT_FOUND).waitFor();
  expect(await panel.innerText()).not.toContain('booking');
});

it('a partner sees and downloads its own webhooks, an operator everybody’s with whose they are', async () => {
  await portal.host.subscribe('https://own.example/', { contractId: contract });
  const own = await (await portal.visit(contract)).open();
  await new WebhookTable(own).shows(['https://own.example/']);
  expect(await new WebhookTable(own).headings()).not.toContain('Contract');
  const [, ...rows] = await rowsOfWorkbook((await download(own, 'Download Excel')).content);
  expect(rows).toEqual([[contract, 'https://own.example/', '*', 'Active']]);

  const all = await (await portal.visit(OPERATOR)).open();
  const table = new WebhookTable(all);
  await table.bodyRows.first().waitFor();
  const seen = (await table.rows()).map((row) => [row.contract, row.url]);
  expect(seen.slice(0, 2)).toEqual([
    [contract, 'https://own.example/'],
    [other, foreignUrl],
  ]);
});

it('the contract that a page was opened for is named on it', async () => {
  const own = await (await portal.visit(contract)).open();
  await own.getByText(`Contract ${contract}`).waitFor();
  const all = await (await portal.visit(OPERATOR)).open();
  await all.getByText('All contracts').waitFor();
});
