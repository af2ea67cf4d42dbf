import type { CanActivate, Type } from '@nestjs/common';
import {
  Body,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';

import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import type { ContractScope } from '../webhooks.options.js';
import { Actor, CallerScope } from '../webhooks/caller-scope.js';
import { belowWebhooks, guarded } from '../webhooks/controller-structure.js';
import { OctoCapabilities, OctoCapabilitiesInterceptor } from './octo-capabilities.js';
import { OctoErrorsFilter } from './octo-errors.filter.js';
import type {
  OctoSubscriptionDto,
  OctoSubscriptionPatch,
  OctoWebhookDto,
  OctoWebhookPatch,
} from './octo-inputs.dto.js';
import type { DELETED } from './octo-resource.js';
import type { OctoSubscription } from './octo-subscriptions.js';
import { OctoSubscriptions } from './octo-subscriptions.js';
import type { OctoWebhook } from './octo-webhooks.js';
import { OctoWebhooks } from './octo-webhooks.js';

class OctoWebhooksController {
  constructor(@Inject(OctoWebhooks) private readonly webhooks: OctoWebhooks) {}

  @Post()
  @HttpCode(200)
  create(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @OctoCapabilities() capabilities: string[],
    @Body() body: OctoWebhookDto,
  ): Promise<OctoWebhook> {
    return this.webhooks.create(scope, body, capabilities, acting);
  }

  @Get()
  list(@CallerScope() scope: ContractScope): Promise<OctoWebhook[]> {
    return this.webhooks.list(scope);
  }

  @Get(':id')
  get(@CallerScope() scope: ContractScope, @Param('id') id: string): Promise<OctoWebhook> {
    return this.webhooks.get(scope, id);
  }

  @Patch(':id')
  update(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
    @OctoCapabilities() capabilities: string[],
    @Body() patch: OctoWebhookPatch,
  ): Promise<OctoWebhook> {
    return this.webhooks.update(scope, id, patch, capabilities, acting);
  }

  @Delete(':id')
  delete(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<typeof DELETED> {
    return this.webhooks.delete(scope, id, acting);
  }
}

class OctoSubscriptionsController {
  constructor(@Inject(OctoSubscriptions) private readonly subscriptions: OctoSubscriptions) {}

  @Post()
  @HttpCode(200)
  create(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Body() body: OctoSubscriptionDto,
  ): Promise<OctoSubscription> {
    return this.subscriptions.create(scope, body, acting);
  }

  @Get()
  list(@CallerScope() scope: ContractScope): Promise<OctoSubscription[]> {
    return this.subscriptions.list(scope);
  }

  @Get(':id')
  get(@CallerScope() scope: ContractScope, @Param('id') id: string): Promise<OctoSubscription> {
    return this.subscriptions.get(scope, id);
  }

  @Patch(':id')
  update(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
    @Body() patch: OctoSubscriptionPatch,
  ): Promise<OctoSubscription> {
    return this.subscriptions.update(scope, id, patch, acting);
  }

  @Delete(':id')
  delete(
    @CallerScope() scope: ContractScope,
    @Actor() acting: Acting,
    @Param('id') id: string,
  ): Promise<typeof DELETED> {
    return this.subscriptions.delete(scope, id, acting);
  }
}

/** OCTO's routes below a path of their own; the second name of the subscriptions is the one OCTO published, misspelt. */
export function octoControllers(path: string, guards: Type<CanActivate>[]): Type[] {
  const below = (...names: string[]) => belowWebhooks(path, ...names);
  const subscriptions = ['subscriptions', 'subcriptions'].map((name) => below('notifications', name));
  return [
    guarded(class OctoWebhooksResource extends OctoWebhooksController {}, below('webhooks'), guards),
    guarded(class OctoSubscriptionsResource extends OctoSubscriptionsController {}, subscriptions, guards),
  ].map(inOctosWords);
}

function inOctosWords(controller: Type): Type {
  UseFilters(OctoErrorsFilter)(controller);
  UseInterceptors(OctoCapabilitiesInterceptor)(controller);
  return controller;
}
