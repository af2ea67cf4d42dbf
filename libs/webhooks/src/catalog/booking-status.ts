import type { EventChange } from './event-change.js';
import { fieldsOf } from './fields-of.js';

/** Without a status before, the type tells: a confirmation and a cancellation change it, an update may not. */
export function bookingStatusDiffers({ type, data, previous }: EventChange): boolean {
  const [status, before] = [statusOf(data), statusOf(previous)];
  if (status === undefined || before === undefined) return type !== 'booking.updated';
  return status !== before;
}

/** Undefined for anything but a text or a number. */
function statusOf(data: unknown): string | undefined {
  const { status } = fieldsOf(fieldsOf(data).booking);
  const isTold = typeof status === 'number' || (typeof status === 'string' && status !== '');
  return isTold ? String(status) : undefined;
}
