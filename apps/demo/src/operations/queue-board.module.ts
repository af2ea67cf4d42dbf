import { BullAdapter } from '@bull-board/api/bullAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { BullBoardModule } from '@bull-board/nestjs';
import { Module } from '@nestjs/common';

import { PartnersModule } from '../platform/partners.module.js';
import { SignIn } from '../platform/sign-in.js';
import { operatorsOnly } from './operators-only.js';

/** bull-board: the queue that wakes lanes, as Bull sees it. To look at only: what is due is in the rows. */
@Module({
  imports: [
    BullBoardModule.forRootAsync({
      imports: [PartnersModule],
      inject: [SignIn],
      useFactory: (signIn: SignIn) => ({
        route: '/operations/queues',
        adapter: ExpressAdapter,
        middleware: operatorsOnly(signIn),
      }),
    }),
    BullBoardModule.forFeature({
      name: 'webhooks',
      adapter: BullAdapter,
      options: { readOnlyMode: true },
    }),
  ],
})
export class QueueBoardModule {}
