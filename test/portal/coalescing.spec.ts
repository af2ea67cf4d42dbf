import { availabilityUpdated, WebhookDelivery } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { freshContract } from '../setup/rest-host.js';
import { Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';

const portal = Portal.forSpecs();

let contract: string;
beforeEach(() => {
  contract = freshContract();
});

it('updates are combined as the form says, and what cannot be is refused at its field', async () => {
  const visit = await portal.visit(contract);
  visit.tolerate(/status of 400/);
  const page = await visit.open('/new');
  const form = new WebhookForm(page);
  await form.url.fill('https://one.example/');
  await form.choose('booking.*');
  await form.more();
  const field = page.getByRole('textbox', { name: /^Combine updates/ });
  const refused = page.locator('[data-field="coalesceMs"] [lang=en]');
  await field.fill('50');
  await form.save();
  await refused.getByText(/100 to 600000/).waitFor();
  await field.fill('1000');
  await form.save();
  await refused.getByText(/none of the event types of this webhook/).waitFor();
  await form.choose('Availability updated');
  await form.save();
  await form.takeSecret();
  await page.getByText('Updates of one resource are combined for 1 sec').waitFor();
  const [created] = (await portal.host.registry.list(contract)).data;
  expect(created).toMatchObject({ coalesceMs: 1_000 });

  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await form.more();
  await field.fill('');
  await form.save();
  await page.getByText('Webhook saved').waitFor();
  expect((await portal.host.registry.list(contract)).data).toMatchObject([{ coalesceMs: null }]);
});

describe('of two updates of one resource', () => {
  let id: string;

  beforeEach(async () => {
    const receiver = await portal.receiver();
    id = (await portal.host.subscribe(receiver.url, { contractId: contract, coalesceMs: 100 })).id;
    const vacancies = (count: number) =>
      availabilityUpdated({
        contractId: contract,
        resourceKey: 'availability:P-1',
        data: { availability: { id: 'P-1', vacancies: count } },
      });
    await portal.host.webhooks.publish([vacancies(9), vacancies(8)]);
    await untilIdle(portal.host.app);
  });

  const deliveries = () =>
    portal.host.dataSource.manager.find(WebhookDelivery, {
      where: { webhookId: id },
      order: { eventId: 'ASC' },
    });

  it('the older one is found by its state, says why it was not sent, and leads to the newer one', async () => {
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/deliveries`);
    await page
      .getByRole('link', { name: /^Delivery of / })
      .nth(1)
      .waitFor();
    await page.getByRole('button', { name: /State$/ }).click();
    await page
      .getByRole('option')
      .filter({ has: page.getByText('Superseded', { exact: true }) })
      .click();
    await page
      .getByRole('link', { name: /^Delivery of / })
      .nth(1)
      .waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Delivery of / }).click();
    const [older, newer] = await deliveries();
    const panel = page.getByRole('dialog');
    await panel.getByText(older?.eventId ?? '').waitFor();
    await panel.getByText('Not sent: a newer event about the same resource says what it said').waitFor();
    expect(await panel.getByRole('heading', { name: 'Attempts' }).count()).toBe(0);
    await panel.getByRole('link', { name: /^Delivery of Availability updated/ }).click();
    await panel.getByText(newer?.eventId ?? '').waitFor();
    await panel.getByText('Attempt 1', { exact: true }).waitFor();
    await page.goBack();
    await panel.getByText(older?.eventId ?? '').waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  });

  it('the older one is sent when a person asks for it', async () => {
    const [older] = await deliveries();
    const page = await (
      await portal.visit(contract)
    ).open(`/webhooks/${id}/deliveries?delivery=${older?.id}`);
    const panel = page.getByRole('dialog');
    await panel.getByRole('button', { name: 'Send again' }).click();
    await panel.getByText('The receiver answered 2xx').waitFor();
    await panel.getByText('Attempt 1', { exact: true }).waitFor();
    expect((await deliveries()).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });
});
