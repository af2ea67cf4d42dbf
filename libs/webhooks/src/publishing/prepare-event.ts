import type { DomainEvent } from '../catalog/domain-events.js';
import type { EventCatalog } from '../catalog/event-catalog.js';
import { SAMPLE_KEY_PREFIX } from '../catalog/samples.js';
import { newId } from '../new-id.js';
import type { NewWebhookEvent } from '../outbox/outbox.js';
import type { Clock } from '../webhooks.clock.js';
import type { FieldError } from '../webhooks.errors.js';
import { PublishError } from '../webhooks.errors.js';

const CONTRACT_ID_LENGTH = 64;
const KEY_LENGTH = 191;

/**
 * The row of a domain event, with its data as JSON text from this moment on: what the host changes later in its objects
 * does not reach the partner.
 *
 * @throws PublishError naming the field, the reason and what would be right
 */
export function prepareEvent(event: DomainEvent, clock: Clock, catalog: EventCatalog): NewWebhookEvent {
  checkType(event, catalog);
  refuse([
    ...checkText('contractId', event.contractId, CONTRACT_ID_LENGTH),
    ...(event.eventKey === undefined ? [] : checkEventKey(event.eventKey)),
    ...(event.resourceKey === undefined ? [] : checkText('resourceKey', event.resourceKey, KEY_LENGTH)),
    ...checkDate(event.occurredAt),
    ...checkLocales(event.contactLocales),
  ]);
  const now = clock.now();
  return {
    id: newId(clock),
    type: event.type,
    contractId: event.contractId,
    resourceKey: event.resourceKey ?? null,
    eventKey: event.eventKey ?? null,
    occurredAt: event.occurredAt?.getTime() ?? now,
    data: objectText('data', event.data),
    previous: event.previous === undefined ? null : objectText('previous', event.previous),
    originator: event.originator === undefined ? null : objectText('originator', event.originator),
    accountContext:
      event.accountContext === undefined ? null : objectText('accountContext', event.accountContext),
    contactLocales: event.contactLocales === undefined ? null : JSON.stringify(event.contactLocales),
    createdAt: now,
  };
}

function checkEventKey(key: unknown): FieldError[] {
  if (typeof key !== 'string' || !key.startsWith(SAMPLE_KEY_PREFIX))
    return checkText('eventKey', key, KEY_LENGTH);
  const expected = 'let your keys begin otherwise';
  return [{ field: 'eventKey', reason: `begins with '${SAMPLE_KEY_PREFIX}', which marks samples`, expected }];
}

function checkType(event: DomainEvent, catalog: EventCatalog): void {
  const type: unknown = (event as { type?: unknown } | null)?.type;
  if (typeof type === 'string' && catalog.isPublishable(type)) return;
  const near = typeof type === 'string' ? catalog.nearest(type.slice(0, 128), catalog.canonicalTypes) : [];
  throw new PublishError(
    'UNKNOWN_EVENT_TYPE',
    typeof type === 'string'
      ? `There is no event type ${JSON.stringify(type)}. The nearest known ones are ${near.join(', ')}.`
      : `The event's type is not a text but ${type === null ? 'null' : typeof type}. Name one of the canonical event types.`,
  );
}

function checkText(field: string, value: unknown, maxLength: number): FieldError[] {
  const expected = `pass 1 to ${maxLength} characters`;
  if (typeof value !== 'string' || value === '') return [{ field, reason: 'is not a text', expected }];
  if (value.length > maxLength) return [{ field, reason: `has ${value.length} characters`, expected }];
  // PostgreSQL refuses NUL in text, and a lone surrogate is no UTF-8.
  if (value.includes('\0') || !isWellFormed(value)) {
    return [
      {
        field,
        reason: 'holds a NUL character or half of a surrogate pair',
        expected: 'pass well-formed text',
      },
    ];
  }
  return [];
}

function isWellFormed(value: string): boolean {
  return Buffer.from(value, 'utf8').toString('utf8') === value;
}

function checkDate(occurredAt: unknown): FieldError[] {
  if (occurredAt === undefined || (occurredAt instanceof Date && !Number.isNaN(occurredAt.getTime())))
    return [];
  return [{ field: 'occurredAt', reason: 'is not a valid Date', expected: 'pass a Date or leave it out' }];
}

function checkLocales(locales: unknown): FieldError[] {
  if (locales === undefined) return [];
  if (Array.isArray(locales) && locales.every((locale) => typeof locale === 'string')) return [];
  return [
    {
      field: 'contactLocales',
      reason: 'is not a list of texts',
      expected: "pass BCP 47 tags, like ['es-MX', 'es']",
    },
  ];
}

/** JSON text of an object; the host's `toJSON` methods and dates count, functions and undefined fall away. */
function objectText(field: string, value: unknown): string {
  const expected = 'pass an object that JSON.stringify accepts';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid([{ field, reason: 'is not an object', expected }]);
  }
  const text = serialized(value);
  if (!text?.startsWith('{'))
    throw invalid([{ field, reason: 'does not serialize to a JSON object', expected }]);
  return text;
}

/** Undefined for what JSON.stringify refuses (a cycle, a bigint) or leaves out. */
function serialized(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw invalid(errors);
}

function invalid(errors: FieldError[]): PublishError {
  const sentences = errors.map(({ field, reason, expected }) => `${field} ${reason}: ${expected}.`);
  return new PublishError('INVALID_EVENT', `The event was not published. ${sentences.join(' ')}`, errors);
}
