/** A webhook's own page. */
export const webhook = {
  'webhook.title': 'Webhook',
} as const;
