// A partner who wants your own event in a body of your own shape, as XML. Prints:
//   <?xml version="1.0" encoding="UTF-8"?><redemption code="SUMMER"><guest>Ada</guest></redemption>
import type { CanonicalEvent, Document, Profile } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { startPlatform } from './platform.js';

class RedemptionProfile implements Profile {
  readonly name = 'redemption';
  readonly formats = ['xml', 'json'] as const;
  readonly personal = false;

  /** Of any event, since a webhook of this profile may ask for all of them. */
  render({ data }: CanonicalEvent): Document {
    const voucher = (data.voucher ?? {}) as { code?: string; guest?: string };
    const value = { code: voucher.code ?? '', guest: voucher.guest ?? '' };
    return { root: 'redemption', rootAttributes: ['code'], value };
  }
}

const partner = await TestReceiver.start();
const app = await startPlatform({
  catalog: {
    eventTypes: [
      { name: 'voucher.redeemed', label: 'Voucher redeemed', description: 'A guest used a voucher.' },
    ],
    profiles: [new RedemptionProfile()],
  },
});
await app.get(WebhookRegistry).create(ALL_CONTRACTS, {
  contractId: 'partner-1',
  url: partner.url,
  eventTypes: ['voucher.redeemed'],
  profile: 'redemption',
  format: 'xml',
});

await app.get(WebhooksService).publish({
  type: 'voucher.redeemed',
  contractId: 'partner-1',
  data: { voucher: { code: 'SUMMER', guest: 'Ada' } },
});
await untilIdle(app);

for (const { body } of partner.requests) console.log(body.toString());

await app.close();
await partner.stop();
