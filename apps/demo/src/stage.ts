import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

import { AppModule } from './app.module.js';
import { BookingsService } from './platform/bookings.service.js';
import { FlightsService } from './platform/flights.service.js';
import { ProductsService } from './platform/products.service.js';
import { SignIn } from './platform/sign-in.js';
import { TripsService } from './platform/trips.service.js';
import { ReceiverProcess } from './receiver/receiver-process.js';
import { openPlatform } from './traffic/open-platform.js';
import type { Partner } from './traffic/open-platform.js';
import type { Desk } from './traffic/play.js';
import { buildScenery } from './traffic/scenery.js';
import { SeededRandom } from './traffic/seeded-random.js';
import { tellStories } from './traffic/stories.js';
import type { Story } from './traffic/stories.js';
import { subscribe } from './traffic/subscribe.js';
import type { Subscribed } from './traffic/subscribe.js';
import { excerpt, readTimetable } from './traffic/timetable.js';
import { visitors } from './traffic/visitors.js';

const SEED = 20010101;

/** Everything that runs, before the first change. */
export interface Stage {
  app: INestApplication;
  apiUrl: string;
  receiver: ReceiverProcess;
  ledgerPath: string;
  partners: Partner[];
  subscriptions: Subscribed[];
  stories: Story[];
  desk: Desk;
  /** Stops the platform, then the partners. Safe to call twice. */
  close(): Promise<void>;
}

/** @param flights how many of the timetable's flights are played, taken evenly from the whole quarter */
export async function setStage({ port, flights }: { port: number; flights: number }): Promise<Stage> {
  const ledgerPath = join(await mkdtemp(join(tmpdir(), 'booking-webhooks-demo-')), 'ledger.jsonl');
  const receiver = await ReceiverProcess.start(ledgerPath);
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'], abortOnError: false }).catch(
    async (error: unknown) => {
      await receiver.stop();
      throw error;
    },
  );
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= app.close().then(() => receiver.stop()));
  try {
    await listen(app, port);
    const apiUrl = (await app.getUrl()).replace(/\/$/, '');
    const desk = {
      trips: app.get(TripsService),
      bookings: app.get(BookingsService),
      flights: app.get(FlightsService),
      products: app.get(ProductsService),
    };
    return {
      app,
      apiUrl,
      receiver,
      ledgerPath,
      desk,
      close,
      ...(await populate(app, apiUrl, receiver.url, flights)),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: INestApplication, port: number): Promise<void> {
  try {
    await app.listen(port, '127.0.0.1');
  } catch (cause) {
    throw new Error(`The platform cannot listen on port ${port}. Set PORT to a free one.`, { cause });
  }
}

async function populate(app: INestApplication, apiUrl: string, receiverUrl: string, flightCount: number) {
  const run = randomBytes(3).toString('hex');
  const random = new SeededRandom(SEED);
  const timetable = readTimetable();
  const scenery = buildScenery(excerpt(timetable, flightCount), random, run);
  const partners = await openPlatform(app.get(DataSource), scenery, run);
  app.get(SignIn, { strict: false }).people.push(...visitors(partners));
  const contractIds = partners.map(({ contractId }) => contractId);
  return {
    partners,
    subscriptions: await subscribe(partners, apiUrl, receiverUrl),
    stories: tellStories(scenery.flights, contractIds, random, run),
  };
}
