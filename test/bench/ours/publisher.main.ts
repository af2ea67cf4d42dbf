import { NestFactory } from '@nestjs/core';

import type { PublisherCalls } from '../load/publisher.js';
import { publisherCalls } from '../load/publisher.js';
import { serve } from '../processes/serve.js';
import { HostModule } from './host.module.js';
import { OurPlatform } from './platform.js';
import type { PublishCost } from './publish-cost.js';
import { publishCost } from './publish-cost.js';

export interface OurPublisherCalls extends PublisherCalls {
  /** What a publish costs inside the host's transaction, see {@link publishCost}. */
  cost(batch: number, rounds: number): Promise<PublishCost>;
}

const app = await NestFactory.createApplicationContext(HostModule.forRoot({ worker: false }), {
  logger: ['error', 'warn'],
});
const calls: OurPublisherCalls = {
  ...publisherCalls(new OurPlatform(app)),
  cost: (batch, rounds) => publishCost(app, batch, rounds),
};

serve({ ...calls }, () => app.close());
