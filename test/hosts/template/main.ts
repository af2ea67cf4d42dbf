import 'reflect-metadata';

import { ValidationPipe, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.js';
import { settings } from './settings.js';

const EXITS_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const adapter = settings.platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: ['error', 'warn'] });
  if (settings.globalPrefix !== undefined) app.setGlobalPrefix(settings.globalPrefix);
  if (settings.versioning) app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  if (settings.strictPipe)
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  await app.listen(0, '127.0.0.1');
  process.once('message', () => {
    // From here on the process has to end by itself.
    process.disconnect();
    void app.close().then(sayWhatStaysOpen);
  });
  process.send?.({ url: await app.getUrl() });
}

function sayWhatStaysOpen(): void {
  const timer = setTimeout(() => {
    console.error(`Still open after app.close(): ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(3);
  }, EXITS_WITHIN_MS);
  timer.unref();
}

void main();
