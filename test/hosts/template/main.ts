import 'reflect-metadata';

import { ValidationPipe, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.js';
import { serve } from './serve.js';
import { settings } from './settings.js';

async function main(): Promise<void> {
  const adapter = settings.platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(AppModule, adapter, { logger: ['error', 'warn'] });
  if (settings.globalPrefix !== undefined) app.setGlobalPrefix(settings.globalPrefix);
  if (settings.versioning) app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  if (settings.strictPipe)
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  await serve(app);
}

void main();
