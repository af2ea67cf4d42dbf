import type { EventData } from '../../catalog/domain-events.js';
import { totalsOf } from './checkfront-amounts.js';
import { textOf } from './host-data.js';

/** Checkfront's own statuses: pending, reserved, deposit, paid, waiting, cancelled, void. */
export const CHECKFRONT_STATUSES = ['PEND', 'HOLD', 'PART', 'PAID', 'WAIT', 'STOP', 'VOID'] as const;

export type CheckfrontStatus = (typeof CHECKFRONT_STATUSES)[number];

/**
 * The status of an OCTO booking in Checkfront's words (its support article "Booking status types"). What is confirmed is told
 * by its payments: all paid, a part of it, or reserved "with or without a payment". What is on hold waits for
 * its confirmation, which Checkfront calls pending: its HOLD is a completed reservation.
 */
export function checkfrontStatus(booking: EventData): CheckfrontStatus {
  switch (textOf(booking.status)?.toUpperCase() ?? '') {
    case 'CONFIRMED':
    case 'REDEEMED':
      return paymentStatus(booking);
    case 'CANCELLED':
      return 'STOP';
    case 'EXPIRED':
    case 'REJECTED':
      return 'VOID';
    case 'WAITLISTED':
    case 'WAITING':
      return 'WAIT';
    default:
      return ownStatus(booking.status) ?? 'PEND';
  }
}

function paymentStatus(booking: EventData): CheckfrontStatus {
  const { total, paid } = totalsOf(booking);
  if (total === 0 || (total !== null && paid >= total)) return 'PAID';
  return paid > 0 ? 'PART' : 'HOLD';
}

/** A host may speak Checkfront's words already. */
function ownStatus(status: unknown): CheckfrontStatus | undefined {
  return CHECKFRONT_STATUSES.find((known) => known === status);
}
