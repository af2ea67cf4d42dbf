import { freshContract } from '../setup/rest-host.js';
import { Portal } from './setup/portal.js';
import { WebhookForm } from './setup/webhook-form.js';
import { WebhookTable } from './setup/webhook-table.js';

const portal = Portal.forSpecs();
const url = 'https://one.example/hooks';

const open = async () => {
  const contract = freshContract();
  await portal.host.subscribe(url, { contractId: contract });
  const page = await (await portal.visit(contract)).open();
  await page.getByRole('link', { name: `Edit ${url}` }).click();
  const form = new WebhookForm(page);
  await form.url.waitFor();
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
  return { contract, page, form, question };
};
type Opened = Awaited<ReturnType<typeof open>>;

const WAYS: [name: string, go: (opened: Opened) => Promise<unknown>, heading: string][] = [
  ['a link', ({ page }) => page.getByRole('link', { name: 'Preview' }).click(), 'Preview'],
  ['Cancel', ({ page }) => page.getByRole('link', { name: 'Cancel' }).click(), 'Webhooks'],
  ['the browser’s way back', ({ page }) => page.goBack(), 'Webhooks'],
];

it.each(WAYS)('a form that was changed asks before it is left by %s', async (_name, go, heading) => {
  const opened = await open();
  const { page, form, question } = opened;
  const address = page.url();
  await form.url.fill('https://other.example/');
  await go(opened);
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await question.waitFor({ state: 'hidden' });
  expect(await form.url.inputValue()).toBe('https://other.example/');
  expect(page.url()).toBe(address);

  await go(opened);
  await question.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  expect((await portal.host.registry.list(opened.contract)).data).toMatchObject([{ url }]);
});

it('a form that was not changed, changed back or saved asks nothing', async () => {
  const { page, form, question } = await open();
  await form.url.fill('https://other.example/');
  await form.url.fill(url);
  await page.getByRole('link', { name: 'To all webhooks' }).click();
  await page.getByRole('link', { name: `Edit ${url}` }).click();
  await form.url.fill('https://other.example/');
  await form.save();
  await new WebhookTable(page).shows(['https://other.example/']);
  expect(await question.count()).toBe(0);
});

it('the browser asks before the page of a changed form is left', async () => {
  const { page, form } = await open();
  await form.url.fill('https://other.example/');
  const [dialog] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  expect(await form.url.inputValue()).toBe('https://other.example/');
});
