import type { MessageEvent, Type } from '@nestjs/common';
import { Body, Get, HttpCode, Inject, Param, Post, Query, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';

import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import type { ContractScope } from '../webhooks.options.js';
import { Actor, CallerScope } from '../webhooks/caller-scope.js';
import type { ControllerStructure } from '../webhooks/controller-structure.js';
import { belowWebhooks, besideWebhooks, guarded } from '../webhooks/controller-structure.js';
import type { Page } from '../webhooks/keyset.js';
import type { RecoverDto, SendTestDto } from './action-inputs.dto.js';
import { recoverInput } from './action-inputs.dto.js';
import { DeliveryLog } from './delivery-log.js';
import type { WebhookStatistics } from './delivery-statistics.js';
import { DeliveryStatistics } from './delivery-statistics.js';
import type { DeliveryView, DeliveryWithAttempts } from './delivery-view.js';
import type { DeliveryFilters, ListDeliveriesQuery } from './list-deliveries.query.js';
import { LiveDeliveries } from './live-deliveries.js';
import type { RecoveryPreview } from './redelivery.js';
import { Redelivery } from './redelivery.js';
import type { TestedDelivery } from './send-test.js';
import { SendTest } from './send-test.js';
import type { StatisticsQuery } from './statistics.query.js';
import { statisticsQuery } from './statistics.query.js';

class DeliveriesController {
  constructor(
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(Redelivery) private readonly redelivery: Redelivery,
  ) {}

  @Get(':id')
  get(@CallerScope() scope: ContractScope, @Param('id') id: string): Promise<DeliveryWithAttempts> {
    return this.log.get(scope, id);
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  redeliver(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<DeliveryView> {
    return this.redelivery.redeliver(scope, id, acting);
  }
}

class WebhookDeliveriesController {
  constructor(
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(Redelivery) private readonly redelivery: Redelivery,
    @Inject(SendTest) private readonly tests: SendTest,
    @Inject(LiveDeliveries) private readonly live: LiveDeliveries,
  ) {}

  @Get('deliveries')
  list(
    @CallerScope() scope: ContractScope,
    @Param('id') webhookId: string,
    @Query() query: ListDeliveriesQuery,
  ): Promise<Page<DeliveryView>> {
    return this.log.list(scope, webhookId, query);
  }

  @Sse('deliveries/live')
  watch(
    @CallerScope() scope: ContractScope,
    @Param('id') webhookId: string,
    @Query() query: DeliveryFilters,
  ): Promise<Observable<MessageEvent>> {
    return this.live.watch(scope, webhookId, query);
  }

  @Post('recover')
  @HttpCode(200)
  recover(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') webhookId: string,
    @Body(recoverInput) { since }: RecoverDto,
  ): Promise<{ recovered: number }> {
    return this.redelivery.recover(scope, webhookId, new Date(since), acting);
  }

  @Get('recovery')
  previewRecovery(
    @CallerScope() scope: ContractScope,
    @Param('id') webhookId: string,
    @Query(recoverInput) { since }: RecoverDto,
  ): Promise<RecoveryPreview> {
    return this.redelivery.previewRecovery(scope, webhookId, new Date(since));
  }

  @Post('test')
  @HttpCode(200)
  test(
    @CallerScope() scope: ContractScope,
    @Param('id') webhookId: string,
    @Body() body: SendTestDto,
  ): Promise<TestedDelivery> {
    return this.tests.send(scope, webhookId, body);
  }
}

class StatisticsController {
  constructor(@Inject(DeliveryStatistics) private readonly statistics: DeliveryStatistics) {}

  @Get()
  async of(
    @CallerScope() scope: ContractScope,
    @Query(statisticsQuery) { ids }: StatisticsQuery,
  ): Promise<{ items: WebhookStatistics[] }> {
    return { items: await this.statistics.of(scope, ids.split(',')) };
  }
}

/** The delivery log's resource beside the webhooks' own, and what it adds below a webhook. */
export function deliveriesControllers({ path, guards }: ControllerStructure): Type[] {
  return [
    guarded(
      class StatisticsResource extends StatisticsController {},
      belowWebhooks(path, 'statistics'),
      guards,
    ),
    guarded(
      class DeliveriesResource extends DeliveriesController {},
      besideWebhooks(path, 'deliveries'),
      guards,
    ),
    guarded(
      class WebhookDeliveriesResource extends WebhookDeliveriesController {},
      belowWebhooks(path, ':id'),
      guards,
    ),
  ];
}
