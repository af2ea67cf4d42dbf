import { isOperational } from '../../catalog/operational-events.js';
import { fieldsOf, isFields } from '../capabilities/host-fields.js';
import type { Facts, Fields } from '../capabilities/host-fields.js';
import { normaliseAvailability } from '../capabilities/normalise-availability.js';
import { normaliseBooking } from '../capabilities/normalise-booking.js';
import { normaliseOrder } from '../capabilities/normalise-order.js';
import { normaliseProduct } from '../capabilities/normalise-product.js';
import { inForce, withCapabilities } from '../capabilities/with-capabilities.js';
import { diff } from '../diff/diff.js';
import type { DiffEntry } from '../diff/diff.js';
import type { Document, Value } from '../document.js';
import type { CanonicalEvent, Profile, RenderContext } from '../profile.js';
import { availabilityOption, availabilityProduct } from './octo-availability.js';
import { octoSupplier } from './octo-supplier.js';

const MODELS = {
  booking: normaliseBooking,
  order: normaliseOrder,
  availability: normaliseAvailability,
  product: normaliseProduct,
};

type Kind = keyof typeof MODELS;

/**
 * The bodies of OCTO's webhooks capability, as Ventrata publishes them: the webhook, the resource with the fields that
 * the webhook's capabilities open, what changed in it, and the supplier.
 *
 * An event that OCTO has none for (a payment, a delay) is a `booking_update` if it says which booking it is about; else
 * its body is made the same way around its own noun, and goes by its canonical name.
 */
export class OctoProfile implements Profile {
  readonly name = 'octo';
  readonly formats = ['json', 'xml', 'form'] as const;
  readonly personal = true;

  render(event: CanonicalEvent, context: RenderContext): Document {
    const noun = nounOf(event);
    if (!isKind(noun)) return bodyOf('event', ownNoun(event, noun, context));
    const webhook = webhookOf(`${noun}_update`, context, noun);
    const resource = resourceOf(noun, event.data[noun], event, context);
    const supplier = octoSupplier(event, context);
    if (noun === 'availability') {
      const ids = { productId: availabilityProduct(event.data), optionId: availabilityOption(event.data) };
      return bodyOf('availability_update', { webhook, availability: resource, ...ids, supplier });
    }
    const changes = changesOf(noun, resource, event, context);
    return bodyOf(`${noun}_update`, { webhook, [noun]: resource, diff: changes, supplier });
  }
}

function bodyOf(root: string, value: Document['value']): Document {
  return { root, value };
}

/** The noun of the body: that of the event's type if OCTO knows it, else the booking if there is one. */
function nounOf(event: CanonicalEvent): string {
  const noun = event.type.split('.')[0]!;
  return !isKind(noun) && isFields(event.data.booking) ? 'booking' : noun;
}

function isKind(noun: string): noun is Kind {
  return Object.hasOwn(MODELS, noun);
}

function ownNoun(event: CanonicalEvent, noun: string, context: RenderContext): Document['value'] {
  const resource = fieldsOf(event.data[noun]);
  const before = event.previous?.[noun];
  return {
    webhook: webhookOf(event.type, context, noun),
    // `webhook` is the one that gets the body; the one that the news is about needs another name.
    [isOperational(event.type) ? 'about' : noun]: resource,
    ...(noun === 'payment' || isOperational(event.type)
      ? {}
      : { diff: diff(isFields(before) ? before : null, resource) }),
    supplier: octoSupplier(event, context),
  };
}

function webhookOf(name: string, context: RenderContext, kind: string): Fields {
  const { id, url, retryOnError, useContactLanguage, headers } = context.subscription;
  const capabilities = [...inForce(kind, context.capabilities)];
  return { id, event: name, url, retryOnError, useContactLanguage, headers: { ...headers }, capabilities };
}

function resourceOf(kind: Kind, value: unknown, event: CanonicalEvent, context: RenderContext): Fields {
  const facts: Facts = { at: new Date(event.occurredAt).toISOString(), locale: context.locale };
  return withCapabilities(kind, MODELS[kind](fieldsOf(value), facts), context.capabilities);
}

/** What changed in the resource as the webhook sees it, so that no capability is told of a field that it does not open. */
function changesOf(kind: Kind, now: Fields, event: CanonicalEvent, context: RenderContext): DiffEntry[] {
  const before = event.previous?.[kind];
  if (!isFields(before)) return statusChange(event, now);
  return diff(resourceOf(kind, before, event, context), now);
}

/** Partners tell a confirmation and a cancellation by the status in the diff, also where the host gave no previous. */
function statusChange(event: CanonicalEvent, now: Fields): DiffEntry[] {
  const became: Partial<Record<string, Value>> = {
    'booking.confirmed': 'CONFIRMED',
    'booking.cancelled': 'CANCELLED',
  };
  const status = became[event.type];
  if (status === undefined || now.status !== status) return [];
  return [{ op: 'replace', path: '/status', was: null, value: status }];
}
