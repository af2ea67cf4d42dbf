import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { NIL, validate as isUuid } from 'uuid';

import type { Originator } from '../catalog/domain-events.js';
import { EventCatalog } from '../catalog/event-catalog.js';
import type { BodyShape } from '../lanes/bodies.js';
import { Bodies } from '../lanes/bodies.js';
import { uncached } from '../lanes/event-cache.js';
import { sampleEvent } from '../lanes/sample-event.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import { withMaskedToken } from '../signing/originator-token.js';
import { SecretBox } from '../signing/secret-box.js';
import type { Clock } from '../webhooks.clock.js';
import { EventNotFoundError, InvalidInputError } from '../webhooks.errors.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { canonicalLanguageTag } from './field-rules.js';
import { KnownProfiles } from './known-profiles.js';
import { PreviewDto } from './preview-input.dto.js';
import { validated } from './validated.js';

const previewInput = validated(PreviewDto);

/** The contract of a sample that an operator looks at. */
const SAMPLE_CONTRACT = 'C-SAMPLE';
const SAMPLE_URL = 'https://partner.example/webhooks';

/** A body as it would be sent. */
export interface PreviewedBody {
  contentType: string;
  contentLanguage: string;
  body: string;
  /** Hex. */
  bodySha256: string;
}

/** Renders an event for a webhook that need not exist; nothing is sent or stored. */
@Injectable()
export class Preview {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(KnownProfiles) private readonly profiles: KnownProfiles,
    @Inject(Bodies) private readonly bodies: Bodies,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  /**
   * The same bytes that a webhook with these settings would get, but for what only a real one has: its id, its URL, and
   * the token of an agent, which stays masked here.
   *
   * @throws InvalidInputError, EventNotFoundError
   */
  async render(scope: ContractScope, input: PreviewDto): Promise<PreviewedBody> {
    const fields = await previewInput.read(input, this.catalog);
    const shape = shapeOf(fields);
    this.profiles.require(shape.profile, shape.format);
    const event = await this.eventOf(scope, fields);
    const cached = uncached(this.withoutToken(event));
    const { contentType, body, headers, sha256 } = await this.bodies.of(cached, {
      ...shape,
      eventTypes: [event.type],
    });
    return {
      contentType,
      contentLanguage: headers['content-language'] ?? '',
      body: body.toString('utf8'),
      bodySha256: sha256,
    };
  }

  private async eventOf(scope: ContractScope, { eventId, eventType }: PreviewDto): Promise<WebhookEvent> {
    if ((eventId === undefined) === (eventType === undefined)) throw eitherIdOrType(eventId === undefined);
    if (eventId !== undefined) return this.stored(scope, eventId);
    const contractId = scope === ALL_CONTRACTS ? SAMPLE_CONTRACT : scope;
    return sampleEvent(contractId, eventType ?? '', this.clock);
  }

  private async stored(scope: ContractScope, id: string): Promise<WebhookEvent> {
    const contract = scope === ALL_CONTRACTS ? {} : { contractId: scope };
    const event = isUuid(id)
      ? await this.dataSource.manager.findOneBy(WebhookEvent, { id, ...contract })
      : null;
    if (!event) throw new EventNotFoundError(id);
    return event;
  }

  private withoutToken(event: WebhookEvent): WebhookEvent {
    if (event.originator === null) return event;
    const originator = withMaskedToken(JSON.parse(event.originator) as Originator, this.box);
    return { ...event, originator: JSON.stringify(originator) };
  }
}

function shapeOf(input: PreviewDto): Omit<BodyShape, 'eventTypes'> {
  const { profile = 'standard', format = 'json', capabilities = [] } = input;
  const locale = typeof input.locale === 'string' ? (canonicalLanguageTag(input.locale) ?? null) : null;
  const useContactLanguage = input.useContactLanguage ?? locale === null;
  const subscription = { id: NIL, url: SAMPLE_URL, retryOnError: true, headers: {} };
  return {
    ...subscription,
    profile,
    format,
    locale,
    useContactLanguage,
    capabilities: [...new Set(capabilities)],
  };
}

function eitherIdOrType(none: boolean): InvalidInputError {
  const reason = none ? 'is missing, and so is eventType' : 'is there, and so is eventType';
  const expected =
    'send the eventId of an event that was published, or an eventType for a sample, and not both';
  return new InvalidInputError([{ field: 'eventId', reason, expected }]);
}
