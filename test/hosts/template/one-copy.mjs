// Fails when what is imported is not what is required in the same process.
import 'reflect-metadata';

import { createRequire } from 'node:module';

import * as imported from 'nestjs-booking-webhooks';
import * as receiver from 'nestjs-booking-webhooks/receiver';
import * as testing from 'nestjs-booking-webhooks/testing';

const require = createRequire(import.meta.url);

for (const [name, module] of Object.entries({ '': imported, '/receiver': receiver, '/testing': testing })) {
  const required = require(`nestjs-booking-webhooks${name}`);
  const twice = Object.keys(module).filter((key) => module[key] !== required[key]);
  if (twice.length > 0) throw new Error(`These are in one process twice: ${twice.join(', ')}`);
}
