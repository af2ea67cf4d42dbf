// Events that the platform emits already, under other names and in other shapes. Prints:
//   booking.cancelled B-7: rain
import { EventEmitter2 } from '@nestjs/event-emitter';
import { ALL_CONTRACTS, bookingCancelled, WebhookRegistry } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { setTimeout } from 'node:timers/promises';

import { startPlatform } from './platform.js';

/** What the platform's own code has emitted for years. */
interface ReservationDropped {
  reservation: { no: string; agencyId: string };
  why: string;
}

const partner = await TestReceiver.start();
const app = await startPlatform({
  events: {
    'reservation.dropped': ({ reservation, why }: ReservationDropped) =>
      bookingCancelled({
        contractId: reservation.agencyId,
        data: { booking: { id: reservation.no, status: 'CANCELLED', cancellation: { reason: why } } },
        eventKey: `dropped:${reservation.no}`,
      }),
  },
});
await app.get(WebhookRegistry).create(ALL_CONTRACTS, {
  contractId: 'agency-1',
  url: partner.url,
  eventTypes: ['booking.cancelled'],
});

const dropped: ReservationDropped = { reservation: { no: 'B-7', agencyId: 'agency-1' }, why: 'rain' };
app.get(EventEmitter2).emit('reservation.dropped', dropped);
// An emitted event is stored soon after, in a transaction of its own.
while (partner.requests.length === 0) await setTimeout(10);
await untilIdle(app);

for (const { body } of partner.requests) {
  const { type, data } = JSON.parse(body.toString()) as {
    type: string;
    data: { booking: { id: string; cancellation: { reason: string } } };
  };
  console.log(`${type} ${data.booking.id}: ${data.booking.cancellation.reason}`);
}

await app.close();
await partner.stop();
