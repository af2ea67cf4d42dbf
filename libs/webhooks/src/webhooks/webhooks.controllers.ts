import type { Type } from '@nestjs/common';
import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';

import type { ContractScope } from '../webhooks.options.js';
import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import { Actor, CallerScope } from './caller-scope.js';
import type { ControllerStructure } from './controller-structure.js';
import { belowWebhooks, besideWebhooks, guarded } from './controller-structure.js';
import type { CreateWebhookDto } from './create-webhook.dto.js';
import { EventTypesController } from './event-types.controller.js';
import type { Page } from './keyset.js';
import type { ListWebhooksQuery, WebhookFilters } from './list-webhooks.query.js';
import { OPENAPI_FILE, OpenApiController } from './openapi/openapi.controller.js';
import { PreviewController } from './preview.controller.js';
import type { UpdateWebhookDto } from './update-webhook.dto.js';
import type { ContractsQuery } from './webhook-overview.js';
import { WebhookOverview } from './webhook-overview.js';
import { WebhookRegistry } from './webhook-registry.js';
import type { WebhookView, WebhookWithSecret } from './webhook-view.js';

/** Input goes to the registry as it was sent: only that knows the host's own event types. */
class WebhooksController {
  constructor(
    @Inject(WebhookRegistry) private readonly webhooks: WebhookRegistry,
    @Inject(WebhookOverview) private readonly overview: WebhookOverview,
  ) {}

  @Post()
  create(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Body() body: CreateWebhookDto,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.create(scope, body, acting);
  }

  @Get()
  list(@CallerScope() scope: ContractScope, @Query() query: ListWebhooksQuery): Promise<Page<WebhookView>> {
    return this.webhooks.list(scope, query);
  }

  // Before the ids, which these names would be.
  @Get('count')
  count(@CallerScope() scope: ContractScope, @Query() query: WebhookFilters): Promise<{ count: number }> {
    return this.overview.count(scope, query);
  }

  @Get('contracts')
  contracts(
    @CallerScope() scope: ContractScope,
    @Query() query: ContractsQuery,
  ): Promise<{ items: string[] }> {
    return this.overview.contracts(scope, query);
  }

  @Get(':id')
  get(@CallerScope() scope: ContractScope, @Param('id') id: string): Promise<WebhookView> {
    return this.webhooks.get(scope, id);
  }

  @Patch(':id')
  update(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
    @Body() patch: UpdateWebhookDto,
  ): Promise<WebhookView> {
    return this.webhooks.update(scope, id, patch, acting);
  }

  @Delete(':id')
  @HttpCode(204)
  delete(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<void> {
    return this.webhooks.delete(scope, id, acting);
  }

  @Post(':id/activate')
  @HttpCode(200)
  activate(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<WebhookView> {
    return this.webhooks.activate(scope, id, acting);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  deactivate(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<WebhookView> {
    return this.webhooks.deactivate(scope, id, acting);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  rotateSecret(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<WebhookWithSecret> {
    return this.webhooks.rotateSecret(scope, id, acting);
  }
}

/** Classes of their own for each module: a path put on a shared class would be put on every module's. */
export function webhooksControllers({ path, guards }: ControllerStructure): Type[] {
  return [
    guarded(
      class EventTypesResource extends EventTypesController {},
      besideWebhooks(path, 'event-types'),
      guards,
    ),
    // Before the webhooks', whose ids these names would be.
    guarded(class PreviewResource extends PreviewController {}, belowWebhooks(path, 'preview'), guards),
    guarded(class OpenApiResource extends OpenApiController {}, belowWebhooks(path, OPENAPI_FILE), guards),
    guarded(class WebhooksResource extends WebhooksController {}, belowWebhooks(path), guards),
  ];
}
