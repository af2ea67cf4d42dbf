import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import { Webhook as Verifier } from 'standardwebhooks';

import { freshContract } from '../setup/rest-host.js';
import { download } from './setup/downloads.js';
import { OPERATOR, Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';

const portal = Portal.forSpecs();

let contract: string;
beforeEach(() => {
  contract = freshContract();
});

describe('a test', () => {
  it('shows the request that was sent, the answer, how long it took and the verdict', async () => {
    const receiver = await portal.receiver(() => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"seen":"yes"}',
    }));
    const { id } = await portal.host.subscribe(`${receiver.url}/hooks`, { contractId: contract });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/test`);
    await page.getByRole('button', { name: /Event type$/ }).click();
    await page.getByRole('option', { name: /^Product added/ }).click();
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText(/^Delivered: answered 200 in /).waitFor();
    const sent = page.getByRole('region', { name: 'Request' });
    await sent.getByText(`POST ${receiver.url}/hooks`).waitFor();
    const headers = await sent.getByRole('table', { name: 'Headers' }).innerText();
    const [request] = receiver.requests;
    expect(headers).toContain(String(request?.headers['webhook-id']));
    expect(JSON.parse(request?.body.toString() ?? '')).toMatchObject({ type: 'product.added' });
    await sent.getByRole('tab', { name: 'As it is' }).click();
    const body = sent.getByRole('tabpanel').getByRole('group', { name: 'Request body' });
    expect(await body.innerText()).toBe(request?.body.toString());
    expect(await page.getByRole('region', { name: 'Response' }).innerText()).toMatch(
      /Status\s+200[^]*"seen": "yes"/,
    );
  });

  it('begins with the event that the webhook asks for, in the words of its system, and leads to its preview', async () => {
    const receiver = await portal.receiver();
    const eventTypes = ['Flight Delay Status Change'];
    const { id } = await portal.host.subscribe(receiver.url, { contractId: contract, eventTypes });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/test`);
    await page.getByRole('button', { name: 'Flight Delay Status Change Event type' }).waitFor();
    const preview = page.getByRole('region', { name: 'Test' }).getByRole('link', { name: 'Preview' });
    expect(await preview.getAttribute('href')).toContain('eventType=flight.status_changed');
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText(/^Delivered: answered 204 in /).waitFor();
    const [request] = receiver.requests;
    expect(JSON.parse(request?.body.toString() ?? '')).toMatchObject({ type: 'flight.status_changed' });
  });

  it('leads to a preview of what would be sent', async () => {
    const fields = { eventTypes: ['booking.updated'], profile: 'octo', capabilities: ['octo/pricing'] };
    const { id } = await portal.host.subscribe('https://one.example/', { contractId: contract, ...fields });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/test`);
    await page.getByRole('region', { name: 'Test' }).getByRole('link', { name: 'Preview' }).click();
    const side = page.getByRole('region', { name: 'Body 1' });
    await side.getByRole('button', { name: 'octo/pricing Capabilities' }).waitFor();
    expect(await side.locator('pre').innerText()).toContain('"event": "booking_update"');
  });

  it('says what went wrong, and leads to the log', async () => {
    const receiver = await portal.receiver(() => ({ status: 500 }));
    const { id } = await portal.host.subscribe(receiver.url, { contractId: contract });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}/test`);
    await page.getByRole('button', { name: 'Send test' }).click();
    await page.getByText(/^Not delivered: Answered 500, after /).waitFor();
    await page.getByRole('link', { name: 'See it in the log' }).click();
    await page.getByRole('dialog').getByText('Attempt 1', { exact: true }).waitFor();
  });
});

it('a preview shows one event as different webhooks get it, side by side, and its address keeps what is compared', async () => {
  const page = await (
    await portal.visit(contract)
  ).open('/preview?eventType=booking.cancelled&as=octo.json.en,checkfront.xml.fr');
  const body = (number: number) => page.getByRole('region', { name: `Body ${number}` }).locator('pre');
  await body(2).waitFor();
  const expected = async (profile: string, format: string, locale: string) =>
    (
      await page.request.post(new URL('../preview', page.url()).href, {
        data: { eventType: 'booking.cancelled', profile, format, locale },
      })
    ).json();
  const [octo, checkfront] = [
    await expected('octo', 'json', 'en'),
    await expected('checkfront', 'xml', 'fr'),
  ];
  /** Without the layout, and without the minute in which each was made. */
  const spaceless = (text: string) => text.replace(/\s/g, '').replace(/\d{4}-\d\d-\d\dT[\d:.]+/g, '<time>');
  expect(spaceless(await body(1).innerText())).toBe(spaceless(octo.body));
  expect(spaceless(await body(2).innerText())).toBe(spaceless(checkfront.body));
  await page.getByRole('button', { name: 'Compare with another' }).click();
  await body(3).waitFor();
  await page
    .getByRole('region', { name: 'Body 3' })
    .getByRole('button', { name: /Profile$/ })
    .click();
  await page.getByRole('option', { name: 'standard', exact: true }).click();
  await page.waitForURL(/as=octo\.json\.en%2Ccheckfront\.xml\.fr%2Cstandard\.xml\.fr/);
});

it('a preview has the parts of OCTO’s model that capabilities open', async () => {
  const page = await (
    await portal.visit(contract)
  ).open('/preview?eventType=booking.updated&as=octo.json.en');
  const side = page.getByRole('region', { name: 'Body 1' });
  const body = side.locator('pre');
  await body.waitFor();
  expect(JSON.parse(await body.innerText()).webhook.capabilities).toEqual([]);
  await side.getByRole('button', { name: 'None Capabilities' }).click();
  await page.getByRole('option', { name: 'octo/pricing' }).click();
  await page.getByRole('option', { name: 'octo/content' }).click();
  await page.keyboard.press('Escape');
  await side.getByRole('button', { name: /octo\/pricing and octo\/content/ }).waitFor();
  await body.getByText('"octo/content"').waitFor();
  const capabilities = ['octo/pricing', 'octo/content'];
  const expected = await page.request.post(new URL('../preview', page.url()).href, {
    data: { eventType: 'booking.updated', profile: 'octo', locale: 'en', capabilities },
  });
  const { webhook, booking } = JSON.parse(await body.innerText());
  expect(webhook.capabilities).toEqual(capabilities);
  expect(Object.keys(booking)).toEqual(Object.keys(JSON.parse((await expected.json()).body).booking));
  expect(new URL(page.url()).hash).toContain('as=octo.json.en.octo%2Fpricing%7Eocto%2Fcontent');
});

describe('for developers', () => {
  it('the command to copy creates a webhook of the contract, when it is run with credentials', async () => {
    const visit = await portal.visit(contract, { permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await visit.open('/developers');
    const part = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: 'Create a webhook' }) });
    await part.getByRole('button', { name: 'Copy' }).click();
    await part.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const [, address = '', body = ''] = /^curl -X POST (\S+) [^]* -d '([^]*)'$/.exec(command) ?? [];
    const answer = await page.request.post(address, { data: JSON.parse(body) });
    expect(answer.status()).toBe(201);
    const [created] = (await portal.host.registry.list(contract)).data;
    expect(created).toMatchObject(JSON.parse(body));
  });

  it('the API’s description is downloaded', async () => {
    const page = await (await portal.visit(contract)).open('/developers');
    const { name, content } = await download(page, 'Download OpenAPI');
    expect(name).toBe('openapi.json');
    expect(JSON.parse(content.toString())).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });
});

describe('a secret', () => {
  it('is shown once, can be copied, and verifies what the webhook gets', async () => {
    const receiver = await portal.receiver();
    const visit = await portal.visit(contract, { permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await visit.open('/new');
    const form = new WebhookForm(page);
    await form.url.fill(receiver.url);
    await form.choose('Product Added');
    await form.save();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(await form.takeSecret()).toBe(copied);
    const [created] = (await portal.host.registry.list(contract)).data;
    await page.request.post(new URL(`../${created?.id}/test`, page.url()).href, { data: {} });
    const [request] = receiver.requests;
    const headers = request?.headers as Record<string, string>;
    expect(() => new Verifier(copied).verify(request?.body.toString() ?? '', headers)).not.toThrow();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: receiver.url }).waitFor();
    expect(await page.content()).not.toContain(copied);
  });

  it('is rotated when asked for, after a question', async () => {
    const { id, secret } = await portal.host.subscribe('https://one.example/', { contractId: contract });
    const page = await (await portal.visit(contract)).open(`/webhooks/${id}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Rotate secret' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate secret' }).click();
    const rotated = await new WebhookForm(page).takeSecret();
    expect(rotated).toMatch(/^whsec_/);
    expect(rotated).not.toBe(secret);
  });
});

describe('the form', () => {
  it('has the rest behind "More", and what is set there is stored', async () => {
    const page = await (await portal.visit(contract)).open('/new');
    const form = new WebhookForm(page);
    await form.url.fill('https://one.example/');
    await form.choose('Product Added');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: /Profile$/ }).click();
    await page.getByRole('option', { name: 'octo', exact: true }).click();
    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('X-Api-Key');
    await page.getByRole('textbox', { name: 'Value', exact: true }).fill('k3y');
    await page.getByRole('textbox', { name: /^Requests per second/ }).fill('5');
    await form.save();
    await form.takeSecret();
    const [created] = (await portal.host.registry.list(ALL_CONTRACTS, { contractId: contract })).data;
    expect(created).toMatchObject({ profile: 'octo', headers: { 'X-Api-Key': '***' }, maxPerSecond: 5 });
  });

  it('shows what the API refuses at the field, in its words, and opens "More" for it', async () => {
    const visit = await portal.visit(contract);
    visit.tolerate(/status of 400/);
    const page = await visit.open('/new');
    const form = new WebhookForm(page);
    await form.url.fill('https://one.example/');
    await form.choose('Product Added');
    const more = page.getByRole('button', { name: 'More', exact: true });
    await more.click();
    const field = page.getByRole('textbox', { name: /^Requests per second/ });
    await field.fill('many');
    await more.click();
    await field.waitFor({ state: 'hidden' });
    await form.save();
    await page.getByText('1 field needs another value').waitFor();
    const refused = await page.request.post(new URL('..', page.url()).href.replace(/\/$/, ''), {
      data: { url: 'https://one.example/', eventTypes: ['Product Added'], maxPerSecond: 'many' },
    });
    const { reason } = (await refused.json()).errors[0];
    await page
      .locator('[data-field="maxPerSecond"]')
      .getByText(new RegExp(reason.slice(0, 20), 'i'))
      .waitFor();
    expect((await portal.host.registry.list(contract)).data).toEqual([]);
  });

  it('finds an event type by a word of its description', async () => {
    const page = await (await portal.visit(contract)).open('/new');
    await page.getByRole('searchbox', { name: 'Search event types' }).fill('scheduled to delayed');
    const { eventTypes } = new WebhookForm(page);
    await eventTypes
      .getByRole('option', { name: /^Product/ })
      .first()
      .waitFor({ state: 'detached' });
    expect(await eventTypes.getByRole('option').count()).toBeGreaterThan(0);
  });

  it('keeps a stored credential that is not entered again', async () => {
    const receiver = await portal.receiver();
    const { port } = new URL(receiver.url);
    const { id } = await portal.host.subscribe(`http://user:pa55word@127.0.0.1:${port}/`, {
      contractId: contract,
    });
    const page = await (await portal.visit(OPERATOR)).open(`/webhooks/${id}/edit`);
    const form = new WebhookForm(page);
    await form.url.waitFor();
    expect(await form.url.inputValue()).toBe(`http://***:***@127.0.0.1:${port}/`);
    await form.choose('Product Added');
    await form.save();
    await page.getByText('Webhook saved').waitFor();
    await page.request.post(new URL(`../${id}/test`, page.url()).href, { data: {} });
    expect(receiver.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('user:pa55word').toString('base64')}`,
    );
  });
});
