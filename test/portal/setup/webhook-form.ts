import type { Page } from 'playwright-core';

/** The form for a new webhook and one that is changed, by the names that are read out. */
export class WebhookForm {
  constructor(private readonly page: Page) {}

  /** An operator's is a choice, a partner's stands there to be read. */
  get contract() {
    const name = { name: 'Contract ID', exact: true };
    return this.page.getByRole('combobox', name).or(this.page.getByRole('textbox', name));
  }

  get url() {
    return this.page.getByRole('textbox', { name: 'URL', exact: true });
  }

  get eventTypes() {
    return this.page.getByRole('listbox', { name: 'Event Type', exact: true });
  }

  /** Systems differ in capitals alone: "Product Added" is Delay Care's, "Product added" the standard's. */
  eventType(label: string) {
    return this.eventTypes.getByRole('option', { name: new RegExp(`^${label.replaceAll('*', '\\*')}`) });
  }

  async choose(...labels: string[]): Promise<void> {
    for (const label of labels) await this.eventType(label).click();
  }

  /** The labels of the event types that are chosen. */
  async chosen(): Promise<string[]> {
    const selected = this.eventTypes.getByRole('option', { selected: true });
    return (await selected.allInnerTexts()).map((text) => text.trim().split('\n', 1)[0] ?? '');
  }

  status(label: 'Active' | 'Inactive') {
    return this.page.getByRole('radio', { name: label, exact: true });
  }

  /** "More" has to stand open. */
  async transport(label: 'Push' | 'Pull' | 'Push and pull'): Promise<void> {
    await this.page.getByRole('button', { name: /Transport$/ }).click();
    // Each is followed by what it means.
    await this.page
      .getByRole('option')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .click();
  }

  async more(): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  /** After a creation: takes the secret, which is shown this one time. */
  async takeSecret(): Promise<string> {
    const dialog = this.page.getByRole('dialog', { name: 'The webhook’s secret' });
    const secret = await dialog.locator('code').innerText();
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    return secret.trim();
  }
}
