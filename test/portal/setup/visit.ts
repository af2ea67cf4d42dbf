import type { BrowserContext, BrowserContextOptions, ConsoleMessage, Page, Request } from 'playwright-core';

/** One visitor's browser, and what went wrong in it: the page must not fail, break its policy or ask anybody else. */
export class Visit {
  readonly faults: string[] = [];
  private readonly tolerated: RegExp[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    /** Where the portal is, with a slash at the end. */
    readonly address: string,
  ) {
    // Long enough for a machine that has other things to do.
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => this.onConsole(message));
    page.on('pageerror', (error) => this.faults.push(`uncaught: ${error.message}`));
    page.on('request', (request) => this.onRequest(request));
  }

  static async start(context: BrowserContext, address: string): Promise<Visit> {
    return new Visit(context, await context.newPage(), address);
  }

  /** Opens a view by its address behind `#`, and waits until it is there. */
  async open(view = '/'): Promise<Page> {
    await this.page.goto(`${this.address}#${view}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    return this.page;
  }

  /** Chromium tells of every answer that is no success: those that a spec asks for are no faults. */
  tolerate(message: RegExp): void {
    this.tolerated.push(message);
  }

  async end(): Promise<void> {
    await this.context.close();
  }

  private onConsole(message: ConsoleMessage): void {
    const text = message.text();
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!this.tolerated.some((known) => known.test(text))) this.faults.push(`${message.type()}: ${text}`);
  }

  private onRequest(request: Request): void {
    const url = new URL(request.url());
    const isOwn = url.origin === new URL(this.address).origin || ['data:', 'blob:'].includes(url.protocol);
    if (!isOwn) this.faults.push(`asked ${url.origin}`);
  }
}

/** What a visitor's browser is like unless told otherwise. */
export const USUAL: BrowserContextOptions = {
  locale: 'en-GB',
  timezoneId: 'Europe/Madrid',
  viewport: { width: 1280, height: 900 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
};
