import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

/** The module's defaults, but for what loopback receivers need. */
export const MODULE_OPTIONS = {
  secretKeys: [Buffer.alloc(32, 7).toString('base64')],
  allowHttp: true,
  allowedAddresses: ['127.0.0.0/8'],
  controllers: false,
} satisfies WebhooksModuleOptions;
