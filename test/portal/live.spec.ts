import { WebhookDelivery } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import type { Page } from 'playwright-core';

import { cancelled } from '../setup/host.js';
import { freshContract } from '../setup/rest-host.js';
import { until } from '../setup/until.js';
import { Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';
import { WebhookTable } from './setup/webhook-table.js';

let contract: string;
beforeEach(() => {
  contract = freshContract();
});

/** Gone with a reload. */
const mark = (page: Page) => page.evaluate(() => void (window.name = 'as it was'));
const isAsItWas = (page: Page) => page.evaluate(() => window.name === 'as it was');
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'About this webhook' }).getByRole('link', { name });

describe('from the form to the first delivery', () => {
  const portal = Portal.forSpecs();

  it('what happens after a webhook was added arrives, and is seen to arrive without a reload', async () => {
    const receiver = await portal.receiver();
    const page = await (await portal.visit(contract)).open('/new');
    await mark(page);
    const form = new WebhookForm(page);
    await form.url.fill(receiver.url);
    await form.choose('Booking cancelled');
    await form.save();
    await form.takeSecret();
    await tab(page, 'Deliveries').click();
    await page.getByText('No deliveries yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    await portal.host.webhooks.publish(cancelled('B-1', { contractId: contract }));
    const row = page.getByRole('table', { name: 'Deliveries' }).locator('tbody tr[data-index]');
    await row.getByText('Delivered', { exact: true }).waitFor();
    expect(await row.count()).toBe(1);
    expect(await row.innerText()).toContain('Answered 204');
    expect(receiver.requests).toHaveLength(1);
    expect(await isAsItWas(page)).toBe(true);
  });

  it('a delivery’s attempts are seen with what the receiver answered, and it is sent again', async () => {
    const receiver = await portal.receiver((_request, index) => ({
      status: index === 0 ? 503 : 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answer: index }),
    }));
    const { id } = await portal.host.subscribe(receiver.url, { contractId: contract });
    await portal.host.webhooks.publish(cancelled('B-1', { contractId: contract }));
    await untilIdle(portal.host.app);
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/deliveries`);
    await page.getByRole('link', { name: /^Delivery of Booking cancelled/ }).click();
    const panel = page.getByRole('dialog', { name: 'Booking cancelled' });
    const attempts = panel.getByRole('region', { name: 'Attempts' });
    await attempts.getByText('Attempt 2', { exact: true }).waitFor();
    expect(await attempts.innerText()).toMatch(/Answered 200[^]*"answer": 1[^]*Attempt 1[^]*Answered 503/);
    await panel.getByText('Request body').click();
    // The attempts have such tabs as well, and are there before the body is written.
    const tabs = panel.getByRole('tablist', { name: 'Request body' });
    await tabs.getByRole('tab', { name: 'As it is' }).click();
    const body = panel.getByRole('group', { name: 'Request body' });
    expect(await body.innerText()).toBe(receiver.requests[0]?.body.toString());
    await panel.getByRole('button', { name: 'Send again' }).click();
    await attempts.getByText('Attempt 3', { exact: true }).waitFor();
    expect(receiver.requests).toHaveLength(3);
  });
});

describe('a receiver that fails', () => {
  // Long enough for a person to see that a retry is to come.
  const portal = Portal.forSpecs({ retryDelaysMs: [3_600_000] });

  it('is seen to fail, to be switched off, and to get what it missed once it works', async () => {
    const { host } = portal;
    const receiver = await portal.receiver(() => ({ status: 500, body: 'out of order' }));
    const { id } = await host.subscribe(receiver.url, { contractId: contract });
    const publish = (booking: string) => host.webhooks.publish(cancelled(booking, { contractId: contract }));
    await publish('B-1');
    await until('its first attempt failed', async () => {
      const { health } = await host.registry.get(contract, id);
      return health.failingSince !== null;
    });
    const page = await (await portal.visit(contract)).open();
    await mark(page);
    const table = new WebhookTable(page);
    await table
      .row(receiver.url)
      .getByText(/^Failing since /)
      .waitFor();
    await table.row(receiver.url).getByRole('link', { name: receiver.url, exact: true }).click();
    await page.getByText(/^The receiver has been failing since /).waitFor();

    receiver.answer(() => ({ status: 410 }));
    await publish('B-2');
    await page.getByText('This webhook was switched off').waitFor({ timeout: 20_000 });
    await page.getByText('Its receiver answered 410 Gone.').waitFor();
    expect(await host.registry.get(contract, id)).toMatchObject({ status: 'disabled' });

    receiver.answer(() => ({ status: 204 }));
    receiver.requests.length = 0;
    await page.getByRole('button', { name: 'Activate' }).first().click();
    await page.getByText('This webhook was switched off').waitFor({ state: 'hidden' });
    expect(await host.registry.get(contract, id)).toMatchObject({ status: 'active' });

    await tab(page, 'Recovery').click();
    await page.getByText('2 deliveries will be sent').waitFor();
    expect(receiver.requests).toEqual([]);
    await page.getByRole('button', { name: 'Recover 2 deliveries' }).click();
    await page.getByText('2 deliveries were recovered').waitFor({ timeout: 20_000 });
    expect(receiver.requests).toHaveLength(2);
    expect(
      await host.dataSource.manager.countBy(WebhookDelivery, { webhookId: id, status: 'succeeded' }),
    ).toBe(2);
    expect(await isAsItWas(page)).toBe(true);
  });
});

describe('a recovery', () => {
  const portal = Portal.forSpecs({ deadlineMs: 60_000 });

  it('shows how far it is while it runs', async () => {
    for (let booking = 1; booking <= 5; booking += 1)
      await portal.host.webhooks.publish(cancelled(`B-${booking}`, { contractId: contract }));
    await untilIdle(portal.host.app);
    const halfway = new Gate();
    const receiver = await portal.receiver(async (_request, index) => {
      if (index === 2) await halfway.passed;
      return { status: 204 };
    });
    const { id } = await portal.host.subscribe(receiver.url, { contractId: contract, maxInFlight: 1 });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/recovery`);
    await page.getByRole('button', { name: 'Recover 5 deliveries' }).click();

    const bar = page.getByRole('progressbar', { name: 'Recovery' });
    await bar.getByText('2 of 5 sent, 3 left').waitFor();
    expect(await bar.getAttribute('aria-valuetext')).toBe('2 of 5 sent, 3 left');
    expect(await bar.evaluate(barShare)).toBeCloseTo(2 / 5);

    halfway.open();
    await page.getByText('5 deliveries were recovered').waitFor();
    expect(receiver.requests).toHaveLength(5);
    expect(await bar.count()).toBe(0);
  });
});

/** Keeps those who wait for it until it is opened. */
class Gate {
  open!: () => void;
  readonly passed = new Promise<void>((resolve) => (this.open = resolve));
}

/** How much of the bar is filled. */
function barShare(bar: Element): number {
  const track = bar.lastElementChild;
  const filled = track?.firstElementChild;
  return (filled?.getBoundingClientRect().width ?? 0) / (track?.getBoundingClientRect().width ?? 1);
}
