import type { DomainEvent } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  flightStatusChanged,
  productAdded,
  productRemoved,
  productUpdated,
  WebhookDelivery,
} from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { freshContract } from '../setup/rest-host.js';
import { until } from '../setup/until.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { OPERATOR, Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';
import { WebhookTable } from './setup/webhook-table.js';

/** The page that describes Delay Care's own portal, sentence by sentence. */
const portal = Portal.forSpecs();

let contract: string;
beforeEach(() => {
  contract = freshContract();
});

const subscribe = async (url: string, eventTypes: string[], fields: object = {}): Promise<string> => {
  const webhook = { contractId: contract, url, eventTypes, ...fields };
  return (await portal.host.registry.create(contract, webhook)).id;
};
const openList = async (as = contract) => {
  const page = await (await portal.visit(as)).open();
  return { page, table: new WebhookTable(page) };
};
const openForm = async (as = contract) => {
  const visit = await portal.visit(as);
  const page = await visit.open('/new');
  return { visit, page, form: new WebhookForm(page) };
};
const stored = async () => (await portal.host.registry.list(contract, {})).data;

/** What happens on a platform, by what the portal calls it. */
const HAPPENINGS: Record<string, () => DomainEvent> = {
  'Flight Delay Status Change': () =>
    flightStatusChanged({
      contractId: contract,
      data: { flight: { number: 'IB3166', status: 'DELAYED' } },
      previous: { flight: { number: 'IB3166', status: 'SCHEDULED' } },
    }),
  'Product Added': () => productAdded({ contractId: contract, data: { product: { id: 'P-1' } } }),
  'Product Updated': () => productUpdated({ contractId: contract, data: { product: { id: 'P-1' } } }),
  'Product Removed': () => productRemoved({ contractId: contract, data: { product: { id: 'P-1' } } }),
};
const happens = async (...names: string[]) => {
  for (const name of names) {
    const event = HAPPENINGS[name]?.();
    if (event) await portal.host.webhooks.publish(event);
  }
  await untilIdle(portal.host.app);
};

it('The Webhooks section allows partners to receive automatic notifications when specific events occur.', async () => {
  const receiver = await portal.receiver();
  const { form } = await openForm();
  await form.url.fill(`${receiver.url}/hooks`);
  await form.choose('Product Added');
  await form.save();
  await form.takeSecret();
  await happens('Product Updated', 'Product Added');
  expect(receiver.requests.map(({ method, path }) => [method, path])).toEqual([['POST', '/hooks']]);
  expect(receiver.requests[0]?.body.toString()).toContain('P-1');
});

it('This page provides a list of all configured webhooks, including their target URL, subscribed event types, and status.', async () => {
  await subscribe('https://one.example/hooks', ['Product Added', 'Product Removed']);
  await subscribe('https://two.example/hooks', ['Flight Delay Status Change'], { status: 'inactive' });
  const { table } = await openList();
  await table.shows(['https://two.example/hooks', 'https://one.example/hooks']);
  expect(await table.rows()).toEqual([
    expect.objectContaining({
      url: 'https://two.example/hooks',
      eventType: 'Flight Delay Status Change',
      status: 'Inactive',
    }),
    expect.objectContaining({
      url: 'https://one.example/hooks',
      eventType: 'Product Added, Product Removed',
      status: 'Active',
    }),
  ]);
});

describe('The table displays all configured webhooks with the following columns:', () => {
  it('No, URL, Event Type, Status and Actions, in this order', async () => {
    const { table } = await openList();
    const headings = await table.headings();
    const wanted = ['No', 'URL', 'Event Type', 'Status', 'Actions'];
    expect(headings.filter((heading) => wanted.includes(heading))).toEqual(wanted);
  });

  it('No: Sequential webhook number.', async () => {
    for (const name of ['a', 'b', 'c']) await subscribe(`https://${name}.example/`, ['*']);
    const { table } = await openList();
    await table.shows(['https://c.example/', 'https://b.example/', 'https://a.example/']);
    expect((await table.rows()).map(({ no }) => no)).toEqual(['1', '2', '3']);
  });

  it('URL: The endpoint URL that will receive the webhook payload.', async () => {
    const receiver = await portal.receiver();
    await subscribe(`${receiver.url}/hooks`, ['Product Added']);
    const { table } = await openList();
    await table.shows([`${receiver.url}/hooks`]);
    await happens('Product Added');
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/hooks']);
  });

  it('Event Type: The type of event that triggers the webhook.', async () => {
    const receiver = await portal.receiver();
    await subscribe(receiver.url, ['Product Updated']);
    const { table } = await openList();
    await table.shows([receiver.url]);
    const [row] = await table.rows();
    expect(row?.eventType).toBe('Product Updated');
    await happens('Product Added', row?.eventType ?? '', 'Product Removed');
    expect(receiver.requests).toHaveLength(1);
  });

  it('Status: Whether the webhook is Active or Inactive.', async () => {
    await subscribe('https://on.example/', ['*']);
    await subscribe('https://off.example/', ['*'], { status: 'inactive' });
    const { table } = await openList();
    await table.shows(['https://off.example/', 'https://on.example/']);
    expect((await table.rows()).map(({ status }) => status)).toEqual(['Inactive', 'Active']);
  });

  it('Actions: Edit or delete the webhook.', async () => {
    await subscribe('https://one.example/', ['*']);
    const { table } = await openList();
    const row = table.row('https://one.example/');
    await row.getByRole('link', { name: 'Edit https://one.example/' }).waitFor();
    await row.getByRole('button', { name: 'Delete https://one.example/' }).waitFor();
  });
});

describe('Download Excel', () => {
  const WORKBOOK = 'Download Excel';

  it('Click the Download Excel button to export the webhooks table to Excel format.', async () => {
    await subscribe('https://one.example/', ['Product Added', 'Product Updated']);
    await subscribe('https://two.example/', ['*'], { status: 'inactive' });
    const { page, table } = await openList();
    await table.shows(['https://two.example/', 'https://one.example/']);
    const { content } = await download(page, WORKBOOK);
    expect(await rowsOfWorkbook(content)).toEqual([
      ['Contract', 'URL', 'Event Type', 'Status'],
      [contract, 'https://two.example/', '*', 'Inactive'],
      [contract, 'https://one.example/', 'Product Added, Product Updated', 'Active'],
    ]);
  });

  it('Column filtering is available in all tables, and this filtering will affect the data exported to Excel.', async () => {
    await subscribe('https://shop.example/a', ['Product Added']);
    await subscribe('https://shop.example/b', ['Flight Delay Status Change']);
    await subscribe('https://other.example/c', ['Flight Delay Status Change']);
    const { page, table } = await openList();
    await page.getByRole('textbox', { name: 'Filter by URL' }).fill('shop');
    await table.shows(['https://shop.example/b', 'https://shop.example/a']);
    await page.getByRole('combobox', { name: 'Filter by Event Type' }).fill('Flight Delay');
    await page.getByRole('option', { name: /^Flight Delay Status Change/ }).click();
    await table.shows(['https://shop.example/b']);
    const [, ...rows] = await rowsOfWorkbook((await download(page, WORKBOOK)).content);
    expect(rows).toEqual([[contract, 'https://shop.example/b', 'Flight Delay Status Change', 'Active']]);
  });

  it('The Download Excel button allows users to export the full list of configured webhooks into an Excel file (.xlsx).', async () => {
    // More than the table has fetched.
    const urls = Array.from({ length: 130 }, (_, index) => `https://partner-${index}.example/`);
    for (const url of urls) await subscribe(url, ['*']);
    const { page } = await openList();
    const { name, content } = await download(page, WORKBOOK);
    expect(name).toMatch(/\.xlsx$/);
    const [, ...rows] = await rowsOfWorkbook(content);
    expect(rows.map(([, url]) => url)).toEqual(urls.toReversed());
  });

  it('When the user clicks Download Excel, the system automatically generates and downloads an Excel file.', async () => {
    const { page } = await openList();
    const { content } = await download(page, WORKBOOK);
    // A zip archive, which a workbook is.
    expect(content.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(await rowsOfWorkbook(content)).toHaveLength(1);
  });

  it('The file name includes the current date and time using the format: Webhooks_DDMMYYYY_HHMM, by the clock of who downloads it.', async () => {
    const page = await (await portal.visit(contract, { timezoneId: 'Asia/Tokyo' })).open();
    const stamp = (at: number) =>
      new Date(at + 9 * 3_600_000)
        .toISOString()
        .replace(/^(....)-(..)-(..)T(..):(..).*$/, 'Webhooks_$3$2$1_$4$5.xlsx');
    const before = stamp(Date.now());
    const { name } = await download(page, WORKBOOK);
    expect([before, stamp(Date.now())]).toContain(name);
  });

  it('The exported file contains the following columns: Contract, URL, Event Type, Status', async () => {
    const { page } = await openList();
    const [columns] = await rowsOfWorkbook((await download(page, WORKBOOK)).content);
    expect(columns).toEqual(['Contract', 'URL', 'Event Type', 'Status']);
  });
});

describe('Webhook Form Fields', () => {
  it('Click the Add button to open the webhook creation form.', async () => {
    const { page } = await openList();
    await page.getByRole('link', { name: 'Add', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Add a webhook' }).waitFor();
    const form = new WebhookForm(page);
    for (const field of [form.contract, form.url, form.eventTypes, form.status('Active')])
      await field.waitFor();
  });

  it('Contract ID — select the agent contract this webhook applies to.', async () => {
    await subscribe('https://one.example/', ['*']);
    const { page, form } = await openForm(OPERATOR);
    await form.contract.fill(contract.slice(0, 12));
    await page.getByRole('option', { name: contract }).click();
    await form.url.fill('https://two.example/');
    await form.choose('Product Added');
    await form.save();
    await form.takeSecret();
    expect((await stored()).map(({ url }) => url)).toEqual(['https://two.example/', 'https://one.example/']);
  });

  it('Contract ID is a partner’s own, which it cannot change', async () => {
    const { form } = await openForm();
    expect(await form.contract.inputValue()).toBe(contract);
    expect(await form.contract.isEditable()).toBe(false);
  });

  it('URL — enter the HTTPS endpoint URL that will receive POST requests when the event fires.', async () => {
    const { visit, page, form } = await openForm();
    visit.tolerate(/status of 400/);
    await form.url.fill('ftp://partner.example/');
    await form.choose('Product Added');
    await form.save();
    const field = page.locator('[data-field="url"]');
    await field.getByText(/https/).last().waitFor();
    await until('the refused field is marked and has the focus', () =>
      form.url.evaluate((input) => input === document.activeElement && input.ariaInvalid === 'true'),
    );
    expect(await stored()).toEqual([]);

    const receiver = await portal.receiver();
    await form.url.fill(receiver.url);
    await form.save();
    await form.takeSecret();
    await happens('Product Added');
    expect(receiver.requests.map(({ method }) => method)).toEqual(['POST']);
  });

  describe('Event Type — select the event that triggers the webhook:', () => {
    it.each([
      [
        'Flight Delay Status Change',
        'triggered when the flight status changes for a Delay Care booking (e.g., from Scheduled to Delayed).',
      ],
      ['Product Added', 'triggered when a new product becomes available under the contract.'],
      ['Product Updated', 'triggered when an existing product is updated.'],
      ['Product Removed', 'triggered when a product is removed from the contract.'],
    ])('%s — %s', async (name) => {
      const receiver = await portal.receiver();
      const { form } = await openForm();
      await form.url.fill(receiver.url);
      await form.choose(name);
      await form.save();
      await form.takeSecret();
      expect((await stored()).map(({ eventTypes }) => eventTypes)).toEqual([[name]]);
      await happens(...Object.keys(HAPPENINGS));
      const types = await portal.host.dataSource.query(
        `SELECT e.type FROM webhook_delivery d JOIN webhook_event e ON e.id = d.event_id JOIN webhook w ON w.id = d.webhook_id
         WHERE w.contract_id = $1`,
        [contract],
      );
      expect(types).toEqual([{ type: HAPPENINGS[name]?.().type }]);
      expect(receiver.requests).toHaveLength(1);
    });

    it('each type stands there with its description', async () => {
      const { form } = await openForm();
      for (const name of Object.keys(HAPPENINGS)) {
        const [label, about] = (await form.eventType(name).innerText()).trim().split('\n');
        expect([label, about?.length]).toEqual([name, expect.any(Number)]);
      }
    });
  });

  it('Status — set the webhook to Active or Inactive. Only active webhooks will send notifications.', async () => {
    const receiver = await portal.receiver();
    for (const status of ['Active', 'Inactive'] as const) {
      const { form } = await openForm();
      await form.url.fill(`${receiver.url}/${status}`);
      await form.choose('Product Added');
      await form.status(status).check({ force: true });
      await form.save();
      await form.takeSecret();
    }
    expect((await stored()).map(({ status }) => status)).toEqual(['inactive', 'active']);
    await happens('Product Added');
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/Active']);
  });

  it('After filling in all required fields, click the Save button to create the webhook.', async () => {
    const { visit, page, form } = await openForm();
    visit.tolerate(/status of 400/);
    await form.save();
    await page.getByText('2 fields need another value').waitFor();
    expect(await stored()).toEqual([]);
    await form.url.fill('https://partner.example/hooks');
    await form.choose('Product Added', 'Product Removed');
    await form.save();
    const secret = await form.takeSecret();
    expect(secret).toMatch(/^whsec_/);
    expect(await stored()).toEqual([
      expect.objectContaining({
        contractId: contract,
        url: 'https://partner.example/hooks',
        eventTypes: ['Product Added', 'Product Removed'],
        status: 'active',
      }),
    ]);
    await page.getByRole('heading', { level: 1, name: 'https://partner.example/hooks' }).waitFor();
  });
});

describe('Edit a Webhook', () => {
  const openEdit = async () => {
    const { page, table } = await openList();
    await table.bodyRows
      .first()
      .getByRole('link', { name: /^Edit / })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Edit webhook' }).waitFor();
    const form = new WebhookForm(page);
    await form.url.waitFor();
    return { page, table, form };
  };

  it('Click the edit icon in the Actions column for the desired webhook.', async () => {
    const id = await subscribe('https://one.example/', ['*']);
    const { page } = await openEdit();
    expect(page.url()).toContain(`#/webhooks/${id}/edit`);
  });

  it('The same form used for creation will open with the current values pre-filled.', async () => {
    await subscribe('https://one.example/', ['Product Added', 'Product Updated'], { status: 'inactive' });
    const { form } = await openEdit();
    expect(await form.contract.inputValue()).toBe(contract);
    expect(await form.url.inputValue()).toBe('https://one.example/');
    expect(await form.chosen()).toEqual(['Product Added', 'Product Updated']);
    expect(await form.status('Inactive').isChecked()).toBe(true);
  });

  it('Make your changes and click Save.', async () => {
    const id = await subscribe('https://one.example/', ['Product Added']);
    const { form, table } = await openEdit();
    await form.url.fill('https://changed.example/');
    await form.choose('Product Updated');
    await form.status('Inactive').check({ force: true });
    await form.save();
    await table.shows(['https://changed.example/']);
    expect((await table.rows())[0]).toMatchObject({
      eventType: 'Product Added, Product Updated',
      status: 'Inactive',
    });
    expect(await portal.host.registry.get(ALL_CONTRACTS, id)).toMatchObject({
      url: 'https://changed.example/',
      eventTypes: ['Product Added', 'Product Updated'],
      status: 'inactive',
    });
  });
});

describe('Delete a Webhook', () => {
  it('Click the delete icon in the Actions column to remove the webhook.', async () => {
    await subscribe('https://keep.example/', ['*']);
    const id = await subscribe('https://drop.example/', ['*']);
    const { page, table } = await openList();
    await table
      .row('https://drop.example/')
      .getByRole('button', { name: /^Delete / })
      .click();
    const question = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
    await question.getByText('https://drop.example/').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await portal.host.registry.get(contract, id)).toMatchObject({ id });

    await table
      .row('https://drop.example/')
      .getByRole('button', { name: /^Delete / })
      .click();
    await question.getByRole('button', { name: 'Delete webhook' }).click();
    await table.shows(['https://keep.example/']);
    expect((await stored()).map(({ url }) => url)).toEqual(['https://keep.example/']);
  });

  it('Deleted webhooks cannot be recovered.', async () => {
    const receiver = await portal.receiver();
    const id = await subscribe(receiver.url, ['Product Added']);
    const visit = await portal.visit(contract);
    const page = await visit.open();
    const table = new WebhookTable(page);
    await table
      .row(receiver.url)
      .getByRole('button', { name: /^Delete / })
      .click();
    const question = page.getByRole('alertdialog', { name: 'Delete this webhook?' });
    await question.getByText('A deleted webhook cannot be recovered.').waitFor();
    await question.getByRole('button', { name: 'Delete webhook' }).click();
    await page.getByText('No webhooks yet').waitFor();

    visit.tolerate(/status of 404/);
    await page.reload();
    await page.getByText('No webhooks yet').waitFor();
    await visit.open(`/webhooks/${id}`);
    await page.getByRole('heading', { level: 1, name: 'It is not there, or not yours to see.' }).waitFor();
    await happens('Product Added');
    expect(receiver.requests).toEqual([]);
    expect(await portal.host.dataSource.manager.countBy(WebhookDelivery, { webhookId: id })).toBe(0);
  });
});
