import 'reflect-metadata';

import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import { serve } from '../serve.js';
import { AppModule } from './app.module.js';

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: new ConsoleLogger({ json: true }) });
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Bookings').build());
  SwaggerModule.setup('docs', app, document);
  await serve(app);
}

void main();
