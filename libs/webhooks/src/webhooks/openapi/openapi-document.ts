import { Inject, Injectable } from '@nestjs/common';

import { EventCatalog } from '../../catalog/event-catalog.js';
import { MessageCatalog } from '../../rendering/localization/message-catalog.js';
import { ProfileCatalog } from '../../rendering/profile-catalog.js';
import type { ResolvedWebhooksOptions } from '../../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../../webhooks.tokens.js';
import { headerParameters } from './request-headers.js';
import { restPaths } from './rest-paths.js';
import { REST_SCHEMAS } from './rest-schemas.js';
import { webhooksSection } from './webhooks-section.js';

/** OpenAPI 3.1: what partners can generate a receiver from, and in brief the REST resources. */
@Injectable()
export class OpenApiDocument {
  private made: object | undefined;

  constructor(
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(EventCatalog) private readonly events: EventCatalog,
    @Inject(ProfileCatalog) private readonly profiles: ProfileCatalog,
    @Inject(MessageCatalog) private readonly messages: MessageCatalog,
  ) {}

  /** @param base where the host's paths begin, `/api` for example; '' for the root */
  at(base: string): object {
    this.made ??= this.make();
    return { ...this.made, ...(base === '' ? {} : { servers: [{ url: base }] }) };
  }

  private make(): object {
    const locale = this.options.defaultLocale;
    const language = { locale, messages: this.messages.in(locale) };
    const { webhooks, schemas } = webhooksSection(this.events, this.profiles, language);
    return {
      openapi: '3.1.0',
      info: {
        title: 'Booking webhooks',
        version: '1',
        description:
          'The requests that webhooks get, one entry for each event type, and the resources that webhooks are kept in.',
      },
      paths: restPaths(this.options.path),
      webhooks,
      components: { parameters: headerParameters(), schemas: { ...REST_SCHEMAS, ...schemas } },
    };
  }
}
