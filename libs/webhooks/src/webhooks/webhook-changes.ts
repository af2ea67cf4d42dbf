import { storedFilter } from '../catalog/event-filter.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import type { CreateWebhookDto } from './create-webhook.dto.js';
import { canonicalLanguageTag } from './field-rules.js';
import type { UpdateWebhookDto } from './update-webhook.dto.js';
import type { Webhook } from './webhook.entity.js';

/** The columns that a partner sets and that are stored as they are sent. */
export type PlainColumns = Pick<
  Webhook,
  | 'eventTypes'
  | 'filters'
  | 'profile'
  | 'format'
  | 'locale'
  | 'useContactLanguage'
  | 'retryOnError'
  | 'capabilities'
  | 'maxInFlight'
  | 'ordering'
  | 'transport'
  | 'maxPerSecond'
  | 'coalesceMs'
>;

/**
 * Whose webhook is created.
 *
 * @throws InvalidInputError when an operator names nobody, or a contract names another one
 */
export function ownerOf(scope: ContractScope, contractId: string | undefined): string {
  if (scope === ALL_CONTRACTS) {
    if (contractId !== undefined) return contractId;
    const expected =
      'send the id of the contract that the webhook belongs to; an operator has none of its own';
    throw new InvalidInputError([{ field: 'contractId', reason: 'is missing', expected }]);
  }
  if (contractId === undefined || contractId === scope) return scope;
  const expected = 'leave the field out; a webhook belongs to the contract that creates it';
  throw new InvalidInputError([
    { field: 'contractId', reason: 'is another contract than the caller’s', expected },
  ]);
}

export function plainColumns(input: CreateWebhookDto, options: ResolvedWebhooksOptions): PlainColumns {
  return {
    eventTypes: [],
    filters: null,
    profile: 'standard',
    format: 'json',
    locale: null,
    useContactLanguage: true,
    retryOnError: true,
    capabilities: [],
    maxInFlight: options.maxInFlight,
    ordering: 'none',
    transport: 'push',
    maxPerSecond: null,
    coalesceMs: null,
    ...sentColumns(input),
  };
}

/** The columns of what was sent; what was left out is not among them. */
export function sentColumns(input: UpdateWebhookDto): Partial<PlainColumns> {
  const { filters, locale } = input;
  const sent: Partial<PlainColumns> = {
    eventTypes: input.eventTypes && [...new Set(input.eventTypes)],
    filters: filters === undefined ? undefined : storedFilter(filters),
    profile: input.profile,
    format: input.format,
    locale: locale === undefined ? undefined : locale === null ? null : canonicalLanguageTag(locale),
    useContactLanguage: input.useContactLanguage,
    retryOnError: input.retryOnError,
    capabilities: input.capabilities && [...new Set(input.capabilities)],
    maxInFlight: input.maxInFlight,
    ordering: input.ordering,
    transport: input.transport,
    maxPerSecond: input.maxPerSecond,
    coalesceMs: input.coalesceMs,
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

/** Which of the new values differ from the stored ones. */
export function differing(stored: Webhook, sent: Partial<PlainColumns>): (keyof PlainColumns)[] {
  const names = Object.keys(sent) as (keyof PlainColumns)[];
  return names.filter((name) => JSON.stringify(sent[name]) !== JSON.stringify(stored[name]));
}
