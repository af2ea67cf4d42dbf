import type { Type } from '@nestjs/common';
import { Get, Inject, Param, Query } from '@nestjs/common';

import type { ContractScope } from '../webhooks.options.js';
import { CallerScope } from '../webhooks/caller-scope.js';
import type { ControllerStructure } from '../webhooks/controller-structure.js';
import { belowWebhooks, guarded } from '../webhooks/controller-structure.js';
import type { FeedPage } from './event-feed.js';
import { EventFeed } from './event-feed.js';
import type { FeedQuery } from './feed.query.js';

class FeedController {
  constructor(@Inject(EventFeed) private readonly feed: EventFeed) {}

  @Get('events')
  read(
    @CallerScope() scope: ContractScope,
    @Param('id') webhookId: string,
    @Query() query: FeedQuery,
  ): Promise<FeedPage> {
    return this.feed.read(scope, webhookId, query);
  }
}

/** The feed below a webhook. */
export function feedControllers({ path, guards }: ControllerStructure): Type[] {
  return [guarded(class FeedResource extends FeedController {}, belowWebhooks(path, ':id'), guards)];
}
