import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { idOf, recordsOf, textOf } from './host-data.js';

/** What both of Checkfront's bodies tell of an event, read from its canonical data. */
export interface CheckfrontItem {
  id: string | number | null;
  name: string | null;
  quantity: number;
}

/** The one product of a booking, for as many as there are units; nothing if the host did not say which. */
export function itemsOf(booking: EventData): CheckfrontItem[] {
  const product = fieldsOf(booking.product);
  const id = idOf(booking.productId, product.id);
  const name = productName(product);
  if (id === null && name === null) return [];
  return [{ id, name, quantity: recordsOf(booking.unitItems).length || 1 }];
}

export function customerName(contact: EventData): string | null {
  const parts = [textOf(contact.firstName), textOf(contact.lastName)].filter((part) => part !== null);
  return textOf(contact.fullName, parts.join(' '));
}

export function bookingId(booking: EventData): string | number | null {
  return idOf(booking.id, booking.uuid);
}

export function productName(product: EventData): string | null {
  return textOf(product.title, product.internalName, product.name);
}

export function transactionStatus(type: string): 'PAID' | 'REFUNDED' {
  return type === 'payment.refunded' ? 'REFUNDED' : 'PAID';
}

/** The items that a rate applies to, as Checkfront lists them. */
export function rateItems(rate: EventData): Record<string, Value>[] {
  const ids: unknown[] = Array.isArray(rate.productIds) ? rate.productIds : [rate.productId];
  return ids
    .map((id) => idOf(id))
    .filter((id) => id !== null)
    .map((id) => ({ id }));
}

/** A rate is in force unless it says otherwise. */
export function isEnabled(rate: EventData): boolean {
  return rate.enabled !== false && rate.active !== false;
}
