import { NestFactory } from '@nestjs/core';

import { serve } from '../processes/serve.js';
import { workerCalls } from '../processes/worker-calls.js';
import { HostModule } from './host.module.js';

const app = await NestFactory.createApplicationContext(HostModule.forRoot({ worker: true }), {
  logger: ['error', 'warn'],
});

serve({ ...workerCalls }, () => app.close());
