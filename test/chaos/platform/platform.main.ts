// One process of a booking platform: the module in a real Nest application, and the platform's business.
import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';
import { ALL_CONTRACTS, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import { randomOf } from '../random.js';
import { witnessNetwork } from './network-witness.js';
import { routesOf } from './routes.js';
import { skewSystemClock } from './system-clock.js';
import { Bookings } from './bookings.js';
import { Business } from './business.js';
import { surviveCutsOfNewConnections } from './new-connections.js';
import type { PlatformConnections, PlatformReport, PlatformSettings } from './platform-settings.js';
import { PlatformModule } from './platform.module.js';
import type { Methods, Tampering } from './tampering.js';
import { TAMPERING } from './tampering.js';

const REPORT_EVERY_MS = 250;

/** What the runner asks of this process. */
export type PlatformCommand =
  | { call: number; command: 'registry'; method: string; input: unknown[] }
  | { call: number; command: 'routes' }
  | { call: number; command: 'traffic' }
  | { call: number; command: 'measure' }
  | { call: number; command: 'backlog'; contract: string; count: number };

const settings = JSON.parse(process.argv[2] ?? '{}') as PlatformSettings & PlatformConnections;
if (settings.clockSkewMs) skewSystemClock(settings.clockSkewMs);
if (settings.network) witnessNetwork(settings.network);

const app = await NestFactory.create(PlatformModule.of(settings), {
  logger: process.env.DEBUG ? ['error', 'warn', 'log'] : false,
});
surviveCutsOfNewConnections(app.get(DataSource));
const tampering: Record<string, number | string | boolean> = settings.tampering ?? {};
for (const [name, value] of Object.entries(tampering)) {
  (TAMPERING as Record<string, Tampering>)[name]?.(app, value);
}
await app.listen(0, '127.0.0.1');

const { traffic } = settings;
const bookings = new Bookings(app.get(DataSource), app.get(WebhooksService), traffic?.publishesOutside);
const business = traffic && new Business(bookings, traffic, randomOf(settings.seed ?? 0));

process.on('message', (command: PlatformCommand) => void obey(command));
process.once('disconnect', () => process.exit(0));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));

setInterval(() => process.send?.({ report: report() }), REPORT_EVERY_MS).unref();
const port = Number(new URL(await app.getUrl()).port);
process.send?.({ ready: { port } });

async function obey(command: PlatformCommand): Promise<void> {
  const { call } = command;
  try {
    const answer = await answerTo(command);
    process.send?.({ call, answer });
  } catch (error) {
    process.send?.({ call, error: String(error) });
  }
}

async function answerTo(command: PlatformCommand): Promise<unknown> {
  if (command.command === 'routes') return routesOf(app);
  if (command.command === 'traffic') return business?.run();
  if (command.command === 'backlog') return bookings.changeMany(command.contract, command.count);
  if (command.command === 'measure') {
    globalThis.gc?.();
    return report();
  }
  return askRegistry(command);
}

function askRegistry({ method, input }: PlatformCommand & { command: 'registry' }): unknown {
  const registry: unknown = app.get(WebhookRegistry);
  return (registry as Methods)[method]?.(ALL_CONTRACTS, ...input);
}

function report(): PlatformReport {
  const { rss, heapUsed } = process.memoryUsage();
  const idle = { transactions: 0, rolledBack: 0, failed: 0, worstPublishMs: 0, worstTransactionMs: 0 };
  return {
    ...(business?.report ?? idle),
    residentBytes: rss,
    heapBytes: heapUsed,
    handles: process.getActiveResourcesInfo().length,
  };
}
