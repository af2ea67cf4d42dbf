import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { chromium } from 'playwright-core';

import type { HostOptions } from '../../setup/host.js';
import { Host } from '../../setup/host.js';
import { USUAL, Visit } from './visit.js';

/** Who an operator signs in as. */
export const OPERATOR = '*';

const COOKIE = 'signed_in_as';

interface AnyRequest {
  headers: { cookie?: string };
}

/** A host's own sign-in: whom the cookie names, that is who it is. */
@Injectable()
class SignedInGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return signedInAs(context.switchToHttp().getRequest<AnyRequest>()) !== undefined;
  }
}

function signedInAs({ headers }: AnyRequest): string | undefined {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
}

function contractOf(request: AnyRequest) {
  const name = signedInAs(request);
  return name === OPERATOR ? ALL_CONTRACTS : name;
}

/** What a host of the portal has beside the specs' usual options. */
export const WITH_PORTAL: HostOptions = {
  portal: {},
  access: { guards: [SignedInGuard], contract: contractOf },
};

/** A host with the portal, and visitors of it: for the specs of one file, which it sets up and clears away. */
export class Portal {
  private browser!: Browser;
  private running: Host | undefined;
  private url = '';
  private readonly visits: Visit[] = [];
  private readonly receivers: TestReceiver[] = [];

  /** @param options of the module, beside those that it has anyway */
  static forSpecs(options: HostOptions = {}): Portal {
    const portal = new Portal();
    beforeAll(() => portal.start(options));
    afterEach(() => portal.endVisits());
    afterAll(() => portal.stop());
    return portal;
  }

  get host(): Host {
    if (!this.running) throw new Error('The host is there from beforeAll to afterAll.');
    return this.running;
  }

  /** A partner's server; it goes with the test. */
  async receiver(...answering: Parameters<typeof TestReceiver.start>): Promise<TestReceiver> {
    const receiver = await TestReceiver.start(...answering);
    this.receivers.push(receiver);
    return receiver;
  }

  /** A browser of its own. What goes wrong in it fails the test. */
  async visit(
    contract: string,
    { at = this.url, ...options }: BrowserContextOptions & { at?: string } = {},
  ): Promise<Visit> {
    const context = await this.browser.newContext({ ...USUAL, ...options });
    const { origin } = new URL(at);
    await context.addCookies([
      { name: COOKIE, value: contract, url: origin, httpOnly: true, sameSite: 'Strict' },
    ]);
    const visit = await Visit.start(context, at);
    this.visits.push(visit);
    return visit;
  }

  private async start(options: HostOptions): Promise<void> {
    this.browser = await chromium.connect(process.env.PORTAL_BROWSER ?? '');
    this.running = await Host.start({ ...WITH_PORTAL, ...options });
    await this.running.app.listen(0, '127.0.0.1');
    const { port } = (this.running.app.getHttpServer() as Server).address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}/webhooks/portal/`;
  }

  private async endVisits(): Promise<void> {
    const visits = this.visits.splice(0);
    await Promise.all(visits.map((visit) => visit.end()));
    await Promise.all(this.receivers.splice(0).map((receiver) => receiver.stop()));
    expect(visits.flatMap(({ faults }) => faults)).toEqual([]);
  }

  private async stop(): Promise<void> {
    await this.running?.stop();
    await this.browser.close();
  }
}
