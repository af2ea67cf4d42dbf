import { WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { cancelled } from '../setup/host.js';
import { freshContract, PLATFORMS, RestHost } from '../setup/rest-host.js';
import { until } from '../setup/until.js';
import { download, rowsOfWorkbook } from './setup/downloads.js';
import { Portal, WITH_PORTAL } from './setup/portal.js';
import { PrefixProxy } from './setup/prefix-proxy.js';
import { WebhookForm } from './setup/webhook-form.js';
import { WebhookTable } from './setup/webhook-table.js';

const portal = Portal.forSpecs();

describe('the page and its policy', () => {
  it('asks nobody but its host, and lets in neither a script nor a picture from elsewhere', async () => {
    const visit = await portal.visit(freshContract());
    const page = await visit.open();
    await page.getByText('No webhooks yet').waitFor();
    expect(visit.faults).toEqual([]);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.name = "hacked"';
      const picture = document.createElement('img');
      picture.src = 'https://elsewhere.example/pixel.png';
      document.body.append(script, picture);
    });
    await until('both were refused', () => visit.faults.length >= 2);
    const faults = visit.faults.splice(0).join('\n');
    expect(faults).toMatch(/inline script[^]*Content Security Policy/);
    expect(faults).toMatch(/elsewhere\.example[^]*Content Security Policy/);
    expect(await page.evaluate(() => window.name)).toBe('');
  });

  it('a visitor who has not signed in gets neither the page nor its files', async () => {
    const visit = await portal.visit(freshContract());
    const page = await visit.open();
    const script = await page
      .locator('script[src]')
      .first()
      .evaluate((element: HTMLScriptElement) => element.src);
    await page.context().clearCookies();
    for (const address of [visit.address, script])
      expect((await page.request.get(address)).status()).toBe(403);
  });

  it('a visitor whose session ends is told so', async () => {
    const visit = await portal.visit(freshContract());
    const page = await visit.open();
    await page.context().clearCookies();
    visit.tolerate(/status of 403/);
    await page.getByRole('textbox', { name: 'Filter by URL' }).fill('anything');
    await page.getByText('You may not do that.').first().waitFor();
  });
});

describe.each(PLATFORMS)(
  'on %s below a prefix of its own, behind a proxy that takes another one away',
  (platform) => {
    let host: RestHost;
    let proxy: PrefixProxy;
    let contract: string;

    beforeAll(async () => {
      const { portal: page, access } = WITH_PORTAL;
      host = await RestHost.start({ platform, strict: true, portal: page, access });
      await host.app.listen(0, '127.0.0.1');
      const { port } = (host.app.getHttpServer() as Server).address() as AddressInfo;
      proxy = await PrefixProxy.start('/partners/eu', `http://127.0.0.1:${port}`);
    });
    afterAll(async () => {
      await proxy.stop();
      await host.stop();
    });
    beforeEach(() => {
      contract = freshContract();
    });

    it('a webhook is added, listed, exported and seen to get its deliveries', async () => {
      const receiver = await portal.receiver();
      // Without the slash at the end, as people type it.
      const at = `${proxy.url}/api/webhooks/portal`;
      const page = await (await portal.visit(contract, { at })).open();
      expect(new URL(page.url()).pathname).toBe('/partners/eu/api/webhooks/portal/');
      await page.getByRole('link', { name: 'Add', exact: true }).first().click();
      const form = new WebhookForm(page);
      await form.url.fill(receiver.url);
      await form.choose('Booking cancelled');
      await form.save();
      await form.takeSecret();
      await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
      await page.getByText('Live', { exact: true }).waitFor();
      await host.app.get(WebhooksService).publish(cancelled('B-1', { contractId: contract }));
      const log = page.getByRole('table', { name: 'Deliveries' });
      await log.getByText('Delivered', { exact: true }).waitFor();
      expect(receiver.requests).toHaveLength(1);

      await page.getByRole('link', { name: 'To all webhooks' }).click();
      await new WebhookTable(page).shows([receiver.url]);
      const [, ...rows] = await rowsOfWorkbook((await download(page, 'Download Excel')).content);
      const [stored] = (await host.app.get(WebhookRegistry).list(contract)).data;
      expect(rows).toEqual([[contract, receiver.url, stored?.eventTypes.join(', '), 'Active']]);
    });
  },
);
