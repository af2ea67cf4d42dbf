import { NestFactory } from '@nestjs/core';

import { publisherCalls } from '../load/publisher.js';
import { serve } from '../processes/serve.js';
import { PlainModule } from './plain.module.js';
import { PlainPlatform } from './platform.js';

const app = await NestFactory.createApplicationContext(PlainModule.forRoot({ worker: false }), {
  logger: ['error', 'warn'],
});

serve({ ...publisherCalls(new PlainPlatform(app)) }, () => app.close());
