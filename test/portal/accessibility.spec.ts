import { untilIdle } from 'nestjs-booking-webhooks/testing';
import type { Locator, Page } from 'playwright-core';

import { cancelled } from '../setup/host.js';
import { freshContract } from '../setup/rest-host.js';
import { until } from '../setup/until.js';
import { violations } from './setup/axe.js';
import { Portal } from './setup/portal.js';
import type { ViewedWebhook } from './setup/views.js';
import { VIEWS } from './setup/views.js';
import { WebhookForm } from './setup/webhook-form.js';

const portal = Portal.forSpecs();

let contract: string;
let webhook: ViewedWebhook;

/** A webhook that had some of everything. */
beforeEach(async () => {
  contract = freshContract();
  const { url } = await portal.receiver((_request, index) => ({
    status: index === 0 ? 500 : 200,
    headers: { 'content-type': 'application/json' },
    body: '{"received":true}',
  }));
  const { id } = await portal.host.subscribe(url, {
    contractId: contract,
    eventTypes: ['booking.*', 'Product Added', 'order.updated'],
    filters: { statuses: ['CANCELLED'] },
    headers: { 'X-Api-Key': 'k3y' },
  });
  const pulling = { contractId: contract, transport: 'pull', url: undefined };
  const fetchedId = (await portal.host.subscribe('', pulling)).id;
  await portal.host.webhooks.publish(cancelled('B-1', { contractId: contract }));
  await untilIdle(portal.host.app);
  const deliveryOf = async (webhookId: string): Promise<string> => {
    const [delivery] = await portal.host.dataSource.query(
      'SELECT id FROM webhook_delivery WHERE webhook_id = $1',
      [webhookId],
    );
    return delivery.id;
  };
  const fetched = { id: fetchedId, deliveryId: await deliveryOf(fetchedId) };
  webhook = { id, url, deliveryId: await deliveryOf(id), fetched };
});

/** Controls that stand outside of the window, those within something that is scrolled by itself left out. */
const beyondTheWindow = (page: Page) =>
  page.locator(':is(main, [role=dialog]) :is(a, button, input, pre)').evaluateAll((controls) =>
    controls
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        const isSeen = width > 1 && !control.closest('pre *, nav, [role=tablist]');
        return isSeen && (right > window.innerWidth + 1 || left < -1);
      })
      .map((control) => control.outerHTML.slice(0, 120)),
  );

describe.each(VIEWS)('the view "$name"', (view) => {
  it('breaks no rule of accessibility, in light, in dark and in 360 px, where nothing is scrolled sideways', async () => {
    const visit = await portal.visit(contract);
    const page = await visit.open(view.address(webhook));
    await view.prepare?.(page);
    await view.sign(page).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await violations(page)]).toEqual([colorScheme, []]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await view.sign(page).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await beyondTheWindow(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

describe('a dialog', () => {
  it('that asks breaks no rule of accessibility, in light and in dark', async () => {
    const page = await (await portal.visit(contract)).open();
    await page
      .getByRole('button', { name: /^Delete / })
      .first()
      .click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete webhook' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await violations(page)]).toEqual([colorScheme, []]);
    }
  });
});

describe('with the keyboard alone', () => {
  // What an open list hides from readers is not waited for.
  const isFocused = (target: Locator) =>
    target
      .evaluate((element) => element === document.activeElement, undefined, { timeout: 200 })
      .catch(() => false);
  const press = async (page: Page, key: string, target: Locator, most = 60) => {
    for (let count = 0; count < most; count += 1) {
      if (await isFocused(target)) return;
      await page.keyboard.press(key);
    }
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    throw new Error(`${most} times ${key} did not lead there; the focus is at ${focused ?? 'nothing'}.`);
  };

  it('a webhook is added, from the table to its secret and its own page', async () => {
    const page = await (await portal.visit(contract)).open();
    const form = new WebhookForm(page);
    const { keyboard } = page;
    await press(page, 'Tab', page.getByRole('link', { name: 'Add', exact: true }));
    await keyboard.press('Enter');
    await press(page, 'Tab', form.url);
    await keyboard.type('https://keyboard.example/hooks');
    await press(page, 'Tab', page.getByRole('searchbox', { name: 'Search event types' }));
    await keyboard.type('product added');
    await page.getByRole('option').nth(3).waitFor({ state: 'detached' });
    await press(page, 'Tab', form.eventTypes.getByRole('option').first());
    await press(page, 'ArrowDown', form.eventType('Product Added'));
    await keyboard.press('Space');
    await press(page, 'Tab', form.status('Active'));
    await keyboard.press('ArrowRight');
    await press(page, 'Tab', page.getByRole('button', { name: 'Save', exact: true }));
    await keyboard.press('Enter');
    const done = page.getByRole('button', { name: 'I have stored it' });
    await done.waitFor();
    await press(page, 'Tab', done);
    await keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: 'https://keyboard.example/hooks' });
    await heading.waitFor();
    expect(await isFocused(heading)).toBe(true);
    const [created] = (await portal.host.registry.list(contract, {})).data;
    expect(created).toMatchObject({
      url: 'https://keyboard.example/hooks',
      eventTypes: ['Product Added'],
      status: 'inactive',
    });
  });

  it('a transport is chosen, and the focus stays where it was chosen', async () => {
    const page = await (await portal.visit(contract)).open('/new');
    const transport = page.getByRole('button', { name: /Transport$/ });
    await press(page, 'Tab', page.getByRole('button', { name: 'More', exact: true }));
    await page.keyboard.press('Enter');
    await press(page, 'Tab', transport);
    await page.keyboard.press('Enter');
    await press(page, 'ArrowDown', page.locator('[role=option][data-key=pull]'), 5);
    await page.keyboard.press('Enter');
    await new WebhookForm(page).url.waitFor({ state: 'detached' });
    await until('the focus is back', () => isFocused(transport));
    await page.getByRole('button', { name: 'Pull Transport' }).waitFor();
  });

  const dialogIsLeft = async (page: Page, button: Locator, key: string) => {
    await press(page, 'Tab', button);
    await page.keyboard.press(key);
    const question = page.getByRole('alertdialog');
    const cancel = question.getByRole('button', { name: 'Cancel' });
    await until('the dialog has the focus', () => isFocused(cancel));
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await until('the focus is back', () => isFocused(button));
  };

  it('a dialog takes the focus, is closed by Escape and gives the focus back', async () => {
    const page = await (await portal.visit(contract)).open(`/webhooks/${webhook.id}`);
    await dialogIsLeft(page, page.getByRole('button', { name: 'Deactivate' }), 'Enter');
  });

  // React Aria waits for what moves before it moves the focus.
  it.each(['reduce', 'no-preference'] as const)(
    'so does the one that the table asks before it deletes, where motion is set to %s',
    async (reducedMotion) => {
      const page = await (await portal.visit(contract, { reducedMotion })).open();
      await dialogIsLeft(page, page.locator('button[aria-label^="Delete "]').first(), 'Space');
    },
  );
});
