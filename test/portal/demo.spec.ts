import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ALL_CONTRACTS, WebhookRegistry } from 'nestjs-booking-webhooks';
import type { Page } from 'playwright-core';
import { DataSource } from 'typeorm';

import type { Partner } from '../../apps/demo/src/traffic/open-platform.js';
import { freshDatabase } from '../setup/database.js';
import { violations } from './setup/axe.js';
import { Portal } from './setup/portal.js';
import { WebhookTable } from './setup/webhook-table.js';

/** For its browser; the host is the demo. */
const portal = Portal.forSpecs();

let app: INestApplication;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let at: string;
let partners: Partner[];

/** The demo reads its environment as it is loaded. */
async function loadDemo(databaseUrl: string) {
  const { DATABASE_URL, REDIS_URL } = process.env;
  process.env.DATABASE_URL = databaseUrl;
  delete process.env.REDIS_URL;
  const { AppModule } = await import('../../apps/demo/src/app.module.js');
  const { SignIn } = await import('../../apps/demo/src/platform/sign-in.js');
  const { openPlatform } = await import('../../apps/demo/src/traffic/open-platform.js');
  const { visitors } = await import('../../apps/demo/src/traffic/visitors.js');
  Object.assign(process.env, { DATABASE_URL, REDIS_URL });
  return { AppModule, SignIn, openPlatform, visitors };
}

/** The demo with its partners, and two webhooks of each. */
beforeAll(async () => {
  database = await freshDatabase();
  const { AppModule, SignIn, openPlatform, visitors } = await loadDemo(database.url);
  app = await NestFactory.create(AppModule, { logger: ['error', 'warn'], abortOnError: false });
  await app.listen(0, '127.0.0.1');
  at = `${(await app.getUrl()).replace(/\/$/, '')}/`;
  partners = await openPlatform(app.get(DataSource), { flights: [], tours: [] }, 'spec');
  app.get(SignIn, { strict: false }).people.push(...visitors(partners));
  const registry = app.get(WebhookRegistry);
  for (const { contractId } of partners)
    for (const url of urlsOf(contractId))
      await registry.create(ALL_CONTRACTS, { contractId, url, eventTypes: ['*'] });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const urlsOf = (contractId: string) =>
  [1, 2].map((number) => `http://127.0.0.1/${contractId}/${number}`.toLowerCase());

const signInPage = async (): Promise<Page> => (await portal.visit('nobody', { at })).open();
const enter = async (name: string): Promise<Page> => {
  const page = await signInPage();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  return page;
};

it('the front door lets one be one of three partners, or the operator', async () => {
  const page = await signInPage();
  const names = await page.getByRole('link').allInnerTexts();
  expect(names).toEqual(['Delay Care', 'Sunline Tours', 'Harbour Travel', 'Operator']);
  expect(await violations(page)).toEqual([]);
});

it.each([0, 1, 2])('partner %i sees its own webhooks alone', async (index) => {
  const partner = partners[index];
  if (!partner) throw new Error('The demo has fewer partners.');
  const page = await enter(partner.name);
  await page.getByText(`Contract ${partner.contractId}`).waitFor();
  const table = new WebhookTable(page);
  await table.shows(urlsOf(partner.contractId).toReversed());
  expect(await table.headings()).not.toContain('Contract');
});

it('the operator sees everybody’s, and whose they are', async () => {
  const page = await enter('Operator');
  await page.getByText('All contracts').waitFor();
  const table = new WebhookTable(page);
  const owned = partners.flatMap(({ contractId }) =>
    urlsOf(contractId).map((url) => ({ contract: contractId, url })),
  );
  await table.shows(owned.map(({ url }) => url).toReversed());
  const rows = (await table.rows()).map(({ contract, url }) => ({ contract, url }));
  expect(rows).toEqual(owned.toReversed());
});

it('who has not chosen gets no portal, and is told where to', async () => {
  const page = await signInPage();
  const answer = await page.request.get(new URL('webhooks/portal/', at).href);
  expect(answer.status()).toBe(401);
  expect((await answer.json()).message).toContain('sign in at /');
});
