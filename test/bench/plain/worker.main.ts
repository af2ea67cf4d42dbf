import { NestFactory } from '@nestjs/core';

import { serve } from '../processes/serve.js';
import { workerCalls } from '../processes/worker-calls.js';
import { PlainModule } from './plain.module.js';

const app = await NestFactory.createApplicationContext(PlainModule.forRoot({ worker: true }), {
  logger: ['error', 'warn'],
});

serve({ ...workerCalls }, () => app.close());
