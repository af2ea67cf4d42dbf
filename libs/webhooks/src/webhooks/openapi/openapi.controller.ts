import { Get, Inject, Req } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import type { ResolvedWebhooksOptions } from '../../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../../webhooks.tokens.js';
import { belowWebhooks } from '../controller-structure.js';
import { OpenApiDocument } from './openapi-document.js';

export const OPENAPI_FILE = 'openapi.json';

export class OpenApiController {
  constructor(
    @Inject(OpenApiDocument) private readonly document: OpenApiDocument,
    @Inject(HttpAdapterHost) private readonly adapters: HttpAdapterHost,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
  ) {}

  @Get()
  get(@Req() request: object): object {
    const [path = ''] = String(this.adapters.httpAdapter.getRequestUrl(request)).split('?');
    const own = `/${belowWebhooks(this.options.path, OPENAPI_FILE)}`;
    return this.document.at(path.replace(/\/+$/, '').slice(0, -own.length));
  }
}
