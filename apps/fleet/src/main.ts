import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';
import { settings } from './settings.js';

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
// A signal then ends what is in flight, and gives the lanes back, instead of leaving both to their leases.
app.enableShutdownHooks();
await app.listen(settings.port, '0.0.0.0');
console.log(`${settings.role} ready on port ${settings.port}`);
