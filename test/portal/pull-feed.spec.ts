import { untilIdle } from 'nestjs-booking-webhooks/testing';
import type { Page } from 'playwright-core';

import { cancelled } from '../setup/host.js';
import { freshContract } from '../setup/rest-host.js';
import { violations } from './setup/axe.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { OPERATOR, Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';
import { WebhookTable } from './setup/webhook-table.js';

const portal = Portal.forSpecs();

let contract: string;
beforeEach(() => {
  contract = freshContract();
});

const stored = async () => (await portal.host.registry.list(contract)).data[0];

/** A webhook that is fetched, with an event in its feed. */
async function fetched(fields: object = {}): Promise<string> {
  const { id } = await portal.host.subscribe('', {
    contractId: contract,
    transport: 'pull',
    url: undefined,
    ...fields,
  });
  await portal.host.webhooks.publish(cancelled('B-1', { contractId: contract }));
  await untilIdle(portal.host.app);
  return id;
}

/** Runs a command of the page as its reader would, signed in by the browser's cookie. */
async function run(page: Page, command: string) {
  const [, address = ''] = /^curl --get (\S+) /.exec(command) ?? [];
  const query = [...command.matchAll(/-d (\S+)/g)].map(([, pair]) => pair);
  return (await page.request.get(`${address}?${query.join('&')}`)).json();
}

it('a partner without a server is led to a webhook that is fetched, and to the commands that read its feed', async () => {
  const visit = await portal.visit(contract, { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await visit.open('/new');
  const form = new WebhookForm(page);
  await page.getByText('No server? Choose “Pull” as the transport under “More”.').waitFor();
  await form.choose('Product Added', 'booking.*');
  await form.more();
  await form.transport('Pull');
  await form.url.waitFor({ state: 'detached' });
  await form.save();
  await form.takeSecret();
  await page.getByRole('heading', { level: 1, name: 'Pull feed' }).waitFor();
  expect(await stored()).toMatchObject({ url: null, transport: 'pull', status: 'active' });

  const [event] = await portal.host.webhooks.publish([cancelled('B-1', { contractId: contract })]);
  await untilIdle(portal.host.app);
  const feed = page.getByRole('region', { name: 'Feed' });
  await feed.getByText('They stay for 30 days, fetched or not.').waitFor();
  await feed.getByRole('button', { name: 'Copy' }).first().click();
  await feed.getByRole('button', { name: 'Copied' }).waitFor();
  const first = await run(page, await page.evaluate(() => navigator.clipboard.readText()));
  expect(first.data).toMatchObject([{ id: event?.id, type: 'booking.cancelled' }]);
  const next = await feed.getByRole('group', { name: 'Command that reads what follows' }).innerText();
  expect((await run(page, next.replace('$CURSOR', first.nextCursor))).data).toEqual([]);

  await page.getByRole('button', { name: 'Copy the feed’s address' }).click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(first.data).toEqual([expect.objectContaining({ id: event?.id })]);
  expect(address).toBe(`${new URL('..', visit.address).href}${(await stored())?.id}/events`);
});

it('what is for requests alone is not asked for while nothing is sent', async () => {
  const page = await (await portal.visit(contract)).open('/new');
  const form = new WebhookForm(page);
  await form.more();
  const ofRequests = [
    form.url,
    page.getByRole('button', { name: 'Add a header' }),
    page.getByRole('switch', { name: /^Try again/ }),
    page.getByRole('textbox', { name: /^Requests at once/ }),
    page.getByRole('textbox', { name: /^Requests per second/ }),
    page.getByRole('textbox', { name: /^Combine updates/ }),
  ];
  await form.transport('Pull');
  for (const field of ofRequests) await field.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Order$/ }).waitFor();
  for (const transport of ['Push and pull', 'Push'] as const) {
    await form.transport(transport);
    for (const field of ofRequests) await field.waitFor();
  }
});

it('a webhook goes from requests to its feed and on to both, and keeps its URL and its headers', async () => {
  const url = 'https://user:pa55word@one.example/hooks';
  const shown = 'https://***:***@one.example/hooks';
  const { id } = await portal.host.subscribe(url, {
    contractId: contract,
    headers: { 'X-Api-Key': 'k3y' },
    coalesceMs: 500,
  });
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}`);
  const form = new WebhookForm(page);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await form.more();
  await form.transport('Pull');
  await form.save();
  await page.getByRole('region', { name: 'Feed' }).waitFor();
  const views = page.getByRole('navigation', { name: 'About this webhook' });
  expect(await views.getByRole('link').allInnerTexts()).toEqual(['Overview', 'Deliveries', 'Recovery']);
  const settings = page.getByRole('region', { name: 'Settings' });
  expect(await settings.innerText()).toMatch(/Transport\s+Pull\s+Feed\s+http/);
  expect(await settings.innerText()).not.toMatch(/Headers|Retries|Pace/);
  const headers = { 'X-Api-Key': '***' };
  expect(await stored()).toMatchObject({ transport: 'pull', url: shown, coalesceMs: null, headers });

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await form.more();
  await form.transport('Push and pull');
  expect(await form.url.inputValue()).toBe(shown);
  await form.save();
  await views.getByRole('link', { name: 'Test' }).waitFor();
  await page.getByText('An event that also came by request has the same webhook-id there.').waitFor();
  expect(await settings.innerText()).toMatch(/Transport\s+Push and pull\s+Feed\s+http/);
  expect(await stored()).toMatchObject({ transport: 'both', url: shown, headers });
});

it('requests to a webhook that had none need a URL, which is asked for at its field', async () => {
  const id = await fetched();
  const visit = await portal.visit(contract);
  visit.tolerate(/status of 400/);
  const page = await visit.open(`/webhooks/${id}/edit`);
  const form = new WebhookForm(page);
  await form.more();
  await form.transport('Push');
  await form.save();
  await page.locator('[data-field="url"] [lang=en]').waitFor();
  await form.url.fill('https://one.example/');
  await form.save();
  await page.getByText('Webhook saved').waitFor();
  expect(await stored()).toMatchObject({ transport: 'push', url: 'https://one.example/' });
});

it('the log shows what is in the feed, which nobody can send again', async () => {
  const id = await fetched();
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}/deliveries`);
  await page.getByRole('button', { name: /State$/ }).click();
  await page
    .getByRole('option')
    .filter({ has: page.getByText('In the feed', { exact: true }) })
    .click();
  await page.waitForURL(/status=offered/);
  await page.getByRole('link', { name: /^Delivery of Booking cancelled/ }).click();
  const panel = page.getByRole('dialog');
  await panel.getByText('Nothing is sent: it can be fetched from the webhook’s feed').waitFor();
  expect(await panel.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  expect(await panel.getByRole('heading', { name: 'Attempts' }).count()).toBe(0);
  await panel.getByText('Request body').click();
  await panel.getByRole('group', { name: 'Request body' }).getByText('"B-1"').waitFor();
});

it('an empty log and the address of a test lead to no test', async () => {
  const { id } = await portal.host.subscribe('', {
    contractId: contract,
    transport: 'pull',
    url: undefined,
  });
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}/deliveries`);
  await page.getByText('They appear here as they come into the feed.').waitFor();
  expect(await page.getByRole('link', { name: /test/i }).count()).toBe(0);
  await page.goto(page.url().replace('/deliveries', '/test'));
  await page.getByText('There is nothing to test: nothing is sent to this webhook').waitFor();
  await page.getByRole('link', { name: 'How to read it' }).click();
  await page.getByRole('region', { name: 'Feed' }).waitFor();
});

it('a recovery brings what passed by into the feed, and says so', async () => {
  await portal.host.webhooks.publish([
    cancelled('B-1', { contractId: contract }),
    cancelled('B-2', { contractId: contract }),
  ]);
  await untilIdle(portal.host.app);
  const { id } = await portal.host.subscribe('', {
    contractId: contract,
    transport: 'pull',
    url: undefined,
  });
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}/recovery`);
  await page.getByText('2 events will come into the feed').waitFor();
  await page.getByText('2 of them are from before the webhook existed').waitFor();
  await page.getByRole('button', { name: 'Recover 2 events' }).click();
  await page.getByText('2 events came into the feed').waitFor();
  const { data } = await (await page.request.get(new URL(`../${id}/events`, page.url()).href)).json();
  expect(data).toHaveLength(2);
  await page.getByRole('button', { name: 'Recover more' }).click();
  await page.getByText('Nothing to recover: everything since then arrived or is in the feed.').waitFor();
});

it('a webhook whose receiver is gone becomes one that is fetched, with what it missed', async () => {
  const receiver = await portal.receiver(() => ({ status: 410 }));
  const { id } = await portal.host.subscribe(receiver.url, { contractId: contract });
  const [event] = await portal.host.webhooks.publish([cancelled('B-1', { contractId: contract })]);
  await untilIdle(portal.host.app);
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}`);
  await page.getByText('This webhook was switched off').waitFor();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  const form = new WebhookForm(page);
  await form.more();
  await form.transport('Pull');
  await form.save();
  await page.getByRole('region', { name: 'Feed' }).waitFor();
  await page.getByRole('button', { name: 'Activate' }).first().click();
  await page.getByText('This webhook was switched off').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Recovery' }).click();
  await page.getByText('1 event will come into the feed').waitFor();
  await page.getByRole('button', { name: 'Recover 1 event' }).click();
  await page.getByText('1 event came into the feed').waitFor();
  const { data } = await (await page.request.get(new URL(`../${id}/events`, page.url()).href)).json();
  expect(data).toMatchObject([{ id: event?.id }]);
});

it('what is switched off or deleted is named: the feed, not requests', async () => {
  const id = await fetched();
  const page = await (await portal.visit(contract)).open(`/webhooks/${id}`);
  // Toasts are alert dialogs, too.
  let question = page.getByRole('alertdialog', { name: 'Deactivate this webhook?' });
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await question.getByText(/^Nothing comes into its feed until it is activated again\./).waitFor();
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('This webhook is inactive: nothing comes into its feed.').waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  question = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
  expect(await question.innerText()).toMatch(/feed cannot be read any more[^]*the events in its feed/);
  await question.getByRole('button', { name: 'Delete webhook' }).click();
  await page.getByText('No webhooks yet').waitFor();
});

it('the table tells what is fetched from what is sent, and the file has no URL for it', async () => {
  await fetched();
  await portal.host.subscribe('https://both.example/', { contractId: contract, transport: 'both' });
  const page = await (await portal.visit(OPERATOR)).open(`/?contractId=${contract}`);
  const table = new WebhookTable(page);
  await table.shows(['https://both.example/', 'Pull feed']);
  await table.row('Pull feed').getByText('Fetched, not sent').waitFor();
  await table.row('https://both.example/').getByText('· Push and pull').waitFor();
  const [, ...rows] = await rowsOfWorkbook((await download(page, 'Download Excel')).content);
  expect(rows).toEqual([
    [contract, 'https://both.example/', '*', 'Active'],
    [contract, null, '*', 'Active'],
  ]);
  const csv = (await download(page, 'CSV')).content.toString('utf8').split('\r\n');
  expect(csv[2]).toBe(`${contract},,*,Active`);
  await table.row('Pull feed').getByRole('link', { name: 'Edit Pull feed' }).click();
  await page.getByRole('heading', { level: 1, name: 'Edit webhook' }).waitFor();
});

it('the command for developers creates a webhook that is fetched', async () => {
  const page = await (await portal.visit(contract)).open('/developers');
  const command = page.getByRole('group', { name: 'Command that creates a webhook to fetch from' });
  const [, address = '', body = ''] =
    /^curl -X POST (\S+) [^]* -d '([^]*)'$/.exec(await command.innerText()) ?? [];
  const answer = await page.request.post(address, { data: JSON.parse(body) });
  expect(await answer.json()).toMatchObject({ transport: 'pull', url: null });
  const { id } = await answer.json();
  const read = await page.getByRole('group', { name: 'Command that reads the feed' }).innerText();
  expect(await run(page, read.replace('$ID', id))).toMatchObject({ data: [], hasMore: false });
});

it.each(['ar', 'de'])(
  'in %s a feed is read from left to right, and breaks no rule of accessibility',
  async (locale) => {
    const id = await fetched();
    const visit = await portal.visit(contract, { locale, viewport: { width: 360, height: 740 } });
    const page = await visit.open(`/webhooks/${id}`);
    const command = page.locator('pre').first();
    await command.getByText(`${id}/events`).waitFor();
    expect(await command.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await violations(page)).toEqual([]);
  },
);
