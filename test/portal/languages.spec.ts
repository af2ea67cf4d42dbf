import type { Locator } from 'playwright-core';

import { freshContract } from '../setup/rest-host.js';
import { violations } from './setup/axe.js';
import { Portal } from './setup/portal.js';

const portal = Portal.forSpecs();
const url = 'https://one.example/hooks';

let contract: string;
let id: string;
beforeEach(async () => {
  contract = freshContract();
  const wished = { contractId: contract, eventTypes: ['booking.*', 'Product Added'] };
  id = (await portal.host.subscribe(url, wished)).id;
});

it('Arabic is read from right to left, addresses from left to right', async () => {
  const page = await (await portal.visit(contract, { locale: 'ar' })).open();
  const html = page.locator('html');
  expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual(['ar', 'rtl']);
  const row = page.locator('tbody tr[data-index]').first();
  await row.waitFor();
  const number = await row.locator('[data-column="no"]').boundingBox();
  const actions = await row.locator('[data-column="actions"]').boundingBox();
  expect(number?.x).toBeGreaterThan(actions?.x ?? Infinity);
  const direction = await row
    .getByRole('link', { name: url, exact: true })
    .evaluate((link) => getComputedStyle(link).direction);
  expect(direction).toBe('ltr');
  const pattern = row.getByText('booking.*', { exact: true });
  const [first, last] = await pattern.evaluate((element) => {
    const letter = (from: number) => {
      const range = document.createRange();
      range.setStart(element.firstChild ?? element, from);
      range.setEnd(element.firstChild ?? element, from + 1);
      return range.getBoundingClientRect().x;
    };
    return [letter(0), letter('booking.*'.length - 1)];
  });
  expect(first).toBeLessThan(last ?? 0);
  expect(await violations(page)).toEqual([]);
});

it.each([
  ['de', 'Hinzufügen'],
  ['es', 'Añadir'],
  ['fr', 'Ajouter'],
  ['it', 'Aggiungi'],
  ['pt', 'Adicionar'],
  ['ar', 'إضافة'],
])('a browser that prefers %s gets it', async (locale, add) => {
  const page = await (await portal.visit(contract, { locale })).open();
  await page.getByRole('link', { name: add, exact: true }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
});

it('another language and dark colours are chosen in the page, and stay chosen', async () => {
  const page = await (await portal.visit(contract)).open();
  await page.getByRole('button', { name: 'Colours' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  const added = page.getByRole('link', { name: 'Hinzufügen', exact: true });
  await added.waitFor();
  await page.reload();
  await added.waitFor();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
});

it.each([
  ['en-GB', /^\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d{2}:\d{2}:\d{2}$/],
  ['en-US', /^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d{2}:\d{2}\s[AP]M$/],
  ['de-AT', /^\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}:\d{2}$/],
])('times are written as in %s when the browser prefers that', async (locale, written) => {
  const page = await (await portal.visit(contract, { locale })).open(`/webhooks/${id}`);
  expect(await page.locator('dd time').first().innerText()).toMatch(written);
});

describe.each(['en', 'ar'])('in %s', (locale) => {
  it.each([1280, 360])('no button stands over code in a window of %d px', async (width) => {
    const visit = await portal.visit(contract, { locale, viewport: { width, height: 740 } });
    const page = await visit.open('/developers');
    const blocks = page.locator('div:has(> pre)');
    expect(await blocks.count()).toBeGreaterThan(3);
    for (const block of await blocks.all()) {
      const [code, button] = [await box(block.locator('pre')), await box(block.getByRole('button'))];
      const isBeside = button.x >= code.x + code.width || button.x + button.width <= code.x;
      const isAbove = button.y + button.height <= code.y;
      expect(isBeside || isAbove).toBe(true);
    }
  });
});

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error(`${locator.toString()} is not to be seen.`);
  return found;
}
